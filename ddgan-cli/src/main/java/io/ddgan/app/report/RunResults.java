package io.ddgan.app.report;

import io.ddgan.eval.records.MeasuredRun;
import io.ddgan.train.run.RunFolder;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a run's folder tells.
 *
 * @param name the run's name for people
 * @param label a name of its configuration for people, if it has one
 * @param keys value by full key of its configuration, but for the seed
 * @param measured what was measured of it
 * @param curves number by step, by column of its metrics
 * @param costs what it took to train and takes to sample, by name
 */
public record RunResults(
    RunFolder folder,
    String name,
    Optional<String> label,
    String seed,
    Map<String, String> keys,
    MeasuredRun measured,
    Map<String, SortedMap<Long, Double>> curves,
    Map<String, String> costs) {}
