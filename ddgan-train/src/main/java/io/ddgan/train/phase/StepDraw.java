package io.ddgan.train.phase;

import java.util.Map;

/**
 * What one step of training is given.
 *
 * @param phases the draws of the phases that are due, by the phase's name
 */
public record StepDraw(Map<String, PhaseDraw> phases) {}
