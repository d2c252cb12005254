package io.ddgan.train.phase;

import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;

/** An infinite or NaN value in training; the message names it. */
public final class NotFiniteException extends RuntimeException {

  private NotFiniteException(long step, String what, double value) {
    super(
        "%s is %s in step %d; lower the learning rates or set training.gradient-clip"
            .formatted(what, value, step + 1));
  }

  /**
   * Throws if a value is not finite.
   *
   * @param step the step, from 0; the message counts from 1, like all output
   */
  public static void check(long step, String what, double value) {
    if (!Double.isFinite(value)) {
      throw new NotFiniteException(step, what, value);
    }
  }

  /** Throws if a gradient's norm is not finite; the message names the parameter. */
  public static void requireGradient(
      long step, String network, ParameterSet gradient, double norm) {
    if (!Double.isFinite(norm)) {
      for (ParameterLayout.Entry entry : gradient.layout().entries()) {
        double part = gradient.view(entry.name()).norm2Number().doubleValue();
        check(step, "the gradient of %s's %s".formatted(network, entry.name()), part);
      }
      check(step, "the gradient of " + network, norm);
    }
  }
}
