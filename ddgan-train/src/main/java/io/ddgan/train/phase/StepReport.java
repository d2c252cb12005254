package io.ddgan.train.phase;

import java.util.Map;

/**
 * What was measured in a step of training, before its updates.
 *
 * @param step number of the step, counted from 0
 * @param values numbers by column; those of terms and phases that were not due are missing
 */
public record StepReport(long step, Map<String, Double> values) {}
