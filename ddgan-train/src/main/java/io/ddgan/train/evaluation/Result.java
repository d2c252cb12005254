package io.ddgan.train.evaluation;

import io.ddgan.api.Metric.Measure;

/**
 * A number that was measured.
 *
 * @param samples generated examples that it was measured on, 0 if the metric looks at none
 */
public record Result(Measure measure, double value, int samples) {}
