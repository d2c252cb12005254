package io.ddgan.api;

import io.ddgan.api.ReverseStep.Coefficients;
import java.util.List;

/** The way from pure noise x_T to an example x_0 through a trained generator. */
public interface Sampler {

  /**
   * The evaluations of the generator, in order. The first is given pure noise, each of the others
   * what the one before it has made; the last makes the example.
   *
   * @param process the forward process that the generator was trained on
   * @param reverse what the generator's output means
   * @throws RefusedException if there is no such way; the message says why
   */
  List<Evaluation> path(DiffusionProcess process, ReverseStep reverse);

  /**
   * One evaluation of the generator.
   *
   * @param t the time that the generator is given, in [0, T - 1]; its input has the noise of {@code
   *     t + 1}
   * @param next what becomes of its output and its input
   */
  record Evaluation(int t, Coefficients next) {}
}
