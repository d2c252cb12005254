package io.ddgan.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs plans. An engine takes the calls that it recognises and puts its own in their place; those
 * that it leaves alone are run by ND4J. It is used by one thread.
 */
public interface Engine {

  /** The name of the executor that it is of, as provenance records it. */
  String name();

  /**
   * Puts other calls in place of a plan's. Values that the engine makes with {@link Value#planned}
   * get memory from the first call that writes them to the last that reads them.
   *
   * @param calls in the order in which they run; every value is written by one call, or has memory
   *     from the start
   * @param results values that are read after a run: calls must write them, as they must write
   *     values that have memory from the start
   * @return calls that compute the same results; empty if the engine leaves this plan to ND4J as it
   *     is, which then runs it
   */
  Optional<List<Call>> optimise(List<Call> calls, Set<Value> results);

  /**
   * Runs kernels in order: those of a plan, or others that are to be done by threads that do not
   * disturb the engine's own. What a kernel throws comes through.
   */
  void run(List<Kernel> kernels);

  /** Does a step of Adam on all weights of a network. */
  default void adam(AdamStep step) {
    Nd4j.exec(
        new AdamUpdater(
            step.gradient(),
            step.square(),
            step.mean(),
            step.rate(),
            step.beta1(),
            step.beta2(),
            step.uncorrectedEpsilon(), // the operation corrects the rate alone
            Math.toIntExact(step.updates())));
    if (step.rate() > 0) { // the operation takes its epsilon for a rate of 0
      step.weights().subi(step.gradient());
    }
  }

  /**
   * Moves an average of weights towards them in place: {@code decay * average + (1 - decay) *
   * weights}, with a decay in [0, 1).
   */
  default void average(INDArray average, INDArray weights, double decay) {
    average.muli(decay);
    Nd4j.getBlasWrapper().level1().axpy(weights.length(), 1 - decay, weights, average);
  }

  /** The Euclidean norm of all weights or of their gradient. */
  default double norm(INDArray vector) {
    return vector.norm2Number().doubleValue();
  }

  /** ND4J's operations as they are: they run everywhere, on graphs of any type. */
  static Engine nd4j() {
    return new Nd4jEngine();
  }
}
