package io.ddgan.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs plans. An engine replaces the calls that it recognises by its own; ND4J runs the others. It
 * is used by one thread.
 */
public interface Engine {

  /** Name of the executor, recorded in the provenance. */
  String name();

  /**
   * Replaces the calls of a plan. Values created with {@link Value#planned} have memory from the
   * first call that writes them to the last one that reads them.
   *
   * @param calls calls in execution order; every value is written by one call or is already placed
   * @param results values that are read after a run; they must be written, and so must placed
   *     values
   * @return calls that compute the same results; empty to run this plan unchanged by ND4J
   */
  Optional<List<Call>> optimise(List<Call> calls, Set<Value> results);

  /** Frees what a plan with calls of {@link #optimise} needed; called when the plan is closed. */
  default void release() {}

  /**
   * Runs kernels in order: those of a plan, or other work to run on the engine's threads.
   * Exceptions of kernels are propagated.
   */
  void run(List<Kernel> kernels);

  /** Applies a step of Adam to all weights of a network. */
  default void adam(AdamStep step) {
    Nd4j.exec(
        new AdamUpdater(
            step.gradient(),
            step.square(),
            step.mean(),
            step.rate(),
            step.beta1(),
            step.beta2(),
            step.uncorrectedEpsilon(), // the operation corrects only the rate
            Math.toIntExact(step.updates())));
    if (step.rate() > 0) { // the operation replaces a rate of 0 by its epsilon
      step.weights().subi(step.gradient());
    }
  }

  /**
   * Updates a moving average of weights in place: {@code decay * average + (1 - decay) * weights},
   * with a decay in [0, 1).
   */
  default void average(INDArray average, INDArray weights, double decay) {
    average.muli(decay);
    Nd4j.getBlasWrapper().level1().axpy(weights.length(), 1 - decay, weights, average);
  }

  /** Returns the Euclidean norm of all weights or of their gradient. */
  default double norm(INDArray vector) {
    return vector.norm2Number().doubleValue();
  }

  /**
   * Returns an engine that runs ND4J's operations unchanged, on every platform and graphs of any
   * type.
   */
  static Engine nd4j() {
    return new Nd4jEngine();
  }
}
