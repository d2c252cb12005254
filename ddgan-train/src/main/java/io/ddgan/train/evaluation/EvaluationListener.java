package io.ddgan.train.evaluation;

/** Follows an evaluation as it goes on. */
@FunctionalInterface
public interface EvaluationListener {

  /**
   * Some examples are done.
   *
   * @param what the work, such as {@code generated examples}
   * @param done how many are done, those of an earlier process included
   * @param total how many it will be
   */
  void advanced(String what, int done, int total);
}
