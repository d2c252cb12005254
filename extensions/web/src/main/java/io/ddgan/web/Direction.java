package io.ddgan.web;

import io.ddgan.api.Origin;

/** A main direction: of the noise that samples begin with, or of all their latent vectors. */
final class Direction {

  /** What it is a direction of. */
  enum Kind {
    NOISE,
    LATENT
  }

  private final Kind kind;
  private final float[] numbers;

  /**
   * A direction.
   *
   * @param numbers those of x_T, or of the latent vectors of all evaluations, one after the other
   */
  Direction(Kind kind, float[] numbers) {
    this.kind = kind;
    this.numbers = numbers.clone();
  }

  Kind kind() {
    return kind;
  }

  /** An origin that is so far along the direction. */
  Origin move(Origin origin, double far) {
    if (kind == Kind.NOISE) {
      float[] start = origin.start();
      add(start, 0, far);
      return origin.withStart(start);
    }
    int[] at = {0};
    return origin.withLatents(
        latent -> {
          add(latent, at[0], far);
          at[0] += latent.length;
          return latent;
        });
  }

  private void add(float[] to, int at, double far) {
    for (int i = 0; i < to.length; i++) {
      to[i] += (float) (far * numbers[at + i]);
    }
  }
}
