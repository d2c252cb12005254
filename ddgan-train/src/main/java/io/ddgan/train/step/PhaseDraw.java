package io.ddgan.train.step;

import io.ddgan.random.RandomStreams;
import java.util.Map;

/**
 * What one phase of a step is given.
 *
 * @param times the cleaner time of each example of the whole batch
 * @param inputs values of the inputs by name, one example after the other
 * @param dropout draws the masks of dropout
 */
public record PhaseDraw(int[] times, Map<String, float[]> inputs, RandomStreams dropout) {}
