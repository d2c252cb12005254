package io.ddgan.embed;

import java.nio.file.Path;
import java.util.Map;

/**
 * How far a trial of a sweep is.
 *
 * @param trial its hash, what distinguishes it, and its seed, for people
 * @param run the folder of its run, which {@link Ddgan#load} loads
 * @param state done, failed or pending
 * @param values what was measured of it, by name
 */
public record TrialResult(String trial, Path run, String state, Map<String, Double> values) {}
