package io.ddgan.api;

/**
 * A number that may change over a training: by the step alone, or by what the training shows. In a
 * configuration a number, a ramp or an adaptive number.
 */
public sealed interface ScheduledValue permits Ramp, AdaptiveValue {}
