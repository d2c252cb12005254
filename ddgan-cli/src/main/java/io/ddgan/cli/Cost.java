package io.ddgan.cli;

/**
 * What a training takes with batches of one size.
 *
 * @param batch examples in a batch
 * @param plain seconds of a step without a penalty
 * @param penalised seconds of a step with one, or of any step where there is none
 * @param evaluation seconds in which the generator makes a batch once, without gradients
 * @param outside bytes of the process besides the training's arrays: libraries, and what
 *     convolutions take for themselves
 */
record Cost(int batch, double plain, double penalised, double evaluation, double outside) {

  /** What is there before the first step: memory outside. */
  static Cost idle(double outside) {
    return new Cost(0, 0, 0, 0, outside);
  }

  /** The cost at another batch, on the line through this cost and that of a larger batch. */
  Cost along(Cost larger, int other) {
    return new Cost(
        other,
        line(batch, plain, larger.batch, larger.plain, other),
        line(batch, penalised, larger.batch, larger.penalised, other),
        line(batch, evaluation, larger.batch, larger.evaluation, other),
        line(batch, outside, larger.batch, larger.outside, other));
  }

  /** The value at x of the line through two points, which is taken to rise. */
  static double line(int x0, double y0, int x1, double y1, int x) {
    return y1 + Math.max(0, y1 - y0) / (x1 - x0) * (x - x1);
  }
}
