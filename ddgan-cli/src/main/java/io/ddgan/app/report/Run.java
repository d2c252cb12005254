package io.ddgan.app.report;

import io.ddgan.eval.records.MeasuredRun;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a run's folder tells.
 *
 * @param name the run's name for people
 * @param label a name of its configuration for people, if it has one
 * @param seed its seed
 * @param keys value by full key of its configuration, but for the seed
 * @param measured what was measured of it
 * @param curves number by step, by column of its metrics
 * @param step the last step that is trained
 * @param costs what it took to train and takes to sample, by name
 * @param picture its latest picture
 * @param provenance its {@code provenance.json}; empty if it is lost
 * @param configuration its {@code experiment.conf}
 */
public record Run(
    String name,
    Optional<String> label,
    String seed,
    Map<String, String> keys,
    MeasuredRun measured,
    Map<String, SortedMap<Long, Double>> curves,
    long step,
    Map<String, String> costs,
    Optional<Path> picture,
    String provenance,
    String configuration) {}
