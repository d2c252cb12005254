package io.ddgan.api;

import java.util.Optional;

/**
 * A number that changes from one value to another over some steps and then stays constant. In a
 * configuration: a number, or {@code { from = 1, to = 0, steps = 1000, shape = cosine }}.
 *
 * @param steps number of steps of the change, at least 1; empty for the whole training
 */
public record Ramp(double from, double to, Optional<Long> steps, Shape shape)
    implements ScheduledValue {

  /** The interpolation between the two values. */
  public enum Shape {
    /** A constant. */
    CONSTANT,
    /** Linear. */
    LINEAR,
    /** Cosine, slow at both ends (Loshchilov and Hutter, 2017). */
    COSINE
  }

  public Ramp {
    if (shape == Shape.CONSTANT && from != to) {
      throw new RefusedException(
          "shape = constant needs from = to; got %s and %s; use linear or cosine"
              .formatted(from, to));
    }
  }

  /** A constant number. */
  public static Ramp constant(double value) {
    return new Ramp(value, value, Optional.empty(), Shape.CONSTANT);
  }

  /** A cosine ramp over the whole training. */
  public static Ramp cosine(double from, double to) {
    return new Ramp(from, to, Optional.empty(), Shape.COSINE);
  }

  /** Returns true if the number is constant. */
  public boolean isConstant() {
    return from == to;
  }

  /** Returns true if it is 0 in every step. */
  public boolean isZero() {
    return from == 0 && to == 0;
  }

  /** Returns the value in a step, counted from 0, of a training of {@code total} steps. */
  public double at(long step, long total) {
    double way = Math.min(1, (double) step / steps.orElse(total));
    double rest =
        switch (shape) {
          case CONSTANT -> 1;
          case LINEAR -> 1 - way;
          case COSINE -> (1 + Math.cos(Math.PI * way)) / 2;
        };
    return to + (from - to) * rest;
  }
}
