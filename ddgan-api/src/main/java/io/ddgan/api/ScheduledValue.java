package io.ddgan.api;

/** A number that may change during training: a constant, a ramp or an adaptive value. */
public sealed interface ScheduledValue permits Ramp, AdaptiveValue {}
