package io.ddgan.app.report;

import io.ddgan.eval.records.MeasuredRun;
import io.ddgan.train.run.RunFolder;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The results of a run.
 *
 * @param name its displayed name
 * @param label the label of its configuration, if any
 * @param keys values of its configuration by full key, without the seed
 * @param measured its evaluations
 * @param curves the columns of its metrics, by step
 * @param costs costs of its training and sampling, by name
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
