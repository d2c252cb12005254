package io.ddgan.train.phase;

import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;

/** Training came upon an infinity or something that is not a number; the message names it. */
public final class NotFiniteException extends RuntimeException {

  private NotFiniteException(long step, String what, double value) {
    super("%s is %s in step %d".formatted(what, value, step + 1));
  }

  /**
   * Lets a finite value pass.
   *
   * @param step the step, counted from 0; the message counts from 1, as all that users see does
   */
  public static void check(long step, String what, double value) {
    if (!Double.isFinite(value)) {
      throw new NotFiniteException(step, what, value);
    }
  }

  /** Lets a gradient pass whose norm is finite; else the parameter is named whose is not. */
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
