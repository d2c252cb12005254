package io.ddgan.app.estimate;

/**
 * What a training takes with batches of one size.
 *
 * @param batch examples in a batch
 * @param step seconds of a step, on average over those with more work and less
 * @param longest seconds of a step in which everything is due
 * @param evaluation seconds in which the generator makes a batch once, without gradients
 * @param outside bytes of the process besides the training's arrays: libraries, and what
 *     convolutions take for themselves
 */
record Cost(int batch, double step, double longest, double evaluation, double outside) {

  /** What is there before the first step: memory outside. */
  static Cost idle(double outside) {
    return new Cost(0, 0, 0, 0, outside);
  }

  /** The cost at another batch, on the line through this cost and that of a larger batch. */
  Cost along(Cost larger, int other) {
    return new Cost(
        other,
        line(batch, step, larger.batch, larger.step, other),
        line(batch, longest, larger.batch, larger.longest, other),
        line(batch, evaluation, larger.batch, larger.evaluation, other),
        line(batch, outside, larger.batch, larger.outside, other));
  }

  /** The value at x of the line through two points, which is taken to rise. */
  static double line(int x0, double y0, int x1, double y1, int x) {
    return y1 + Math.max(0, y1 - y0) / (x1 - x0) * (x - x1);
  }
}
