package io.ddgan.api;

import java.util.Optional;

/**
 * A number that goes from one value to another over some steps, and then stays. In a configuration
 * a number, or {@code { from = 1, to = 0, steps = 1000, shape = cosine }}.
 *
 * @param steps steps on the way, at least 1; empty for the whole training
 */
public record Ramp(double from, double to, Optional<Long> steps, Shape shape)
    implements ScheduledValue {

  /** The way from one value to another. */
  public enum Shape {
    /** None: a single number. */
    CONSTANT,
    /** A straight line. */
    LINEAR,
    /** Half a cosine, slow at both ends (Loshchilov and Hutter, 2017). */
    COSINE
  }

  public Ramp {
    if (shape == Shape.CONSTANT && from != to) {
      throw new RefusedException(
          "a constant ramp cannot go from %s to %s; its shape may be linear or cosine"
              .formatted(from, to));
    }
  }

  /** A number that stays as it is. */
  public static Ramp constant(double value) {
    return new Ramp(value, value, Optional.empty(), Shape.CONSTANT);
  }

  /** Half a cosine over the whole training. */
  public static Ramp cosine(double from, double to) {
    return new Ramp(from, to, Optional.empty(), Shape.COSINE);
  }

  /** Whether it stays as it is. */
  public boolean isConstant() {
    return from == to;
  }

  /** Whether it is 0 in every step. */
  public boolean isZero() {
    return from == 0 && to == 0;
  }

  /** The value in a step, counted from 0, of a training of {@code total} steps. */
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
