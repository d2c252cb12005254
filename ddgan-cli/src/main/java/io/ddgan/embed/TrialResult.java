package io.ddgan.embed;

import java.nio.file.Path;
import java.util.Map;

/**
 * The result of a trial of a sweep.
 *
 * @param trial its hash, its label or varied keys, and its seed
 * @param run the folder of its run, for {@link Ddgan#load}
 * @param state done, failed or pending
 * @param values its metrics by name
 */
public record TrialResult(String trial, Path run, String state, Map<String, Double> values) {}
