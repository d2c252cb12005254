package io.ddgan.api;

import io.ddgan.engine.Engine;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Turns gradients into weights. An optimiser holds its keys only; the numbers that it keeps from
 * one update to the next are the runtime's, which saves them in checkpoints.
 */
public interface Optimiser {

  /**
   * Names of what is kept from one update to the next, in kebab-case, such as {@code adam-mean}:
   * each has as many numbers as the network has parameters, 0 before the first update.
   */
  List<String> state();

  /** Updates the weights of one network in place. */
  void update(Update update);

  /** One update of one network. The arrays are valid during the update only. */
  interface Update {

    /** All weights in one vector, to be changed in place. */
    INDArray weights();

    /** The loss's gradient by all weights in one vector, which may be overwritten. */
    INDArray gradient();

    /** What is kept under a name, in one vector, to be changed in place. */
    INDArray state(String name);

    /** The learning rate. */
    double rate();

    /** Number of updates of this network before this one. */
    long updates();

    /** The value of a ramp now. */
    double now(Ramp ramp);

    /** What the training is run by, for updates that it has a way of its own for. */
    Engine engine();

    /** The parameters one by one, for optimisers that treat matrices as such. */
    List<Parameter> parameters();
  }

  /**
   * One parameter: views into the vectors of an update, in its shape as PyTorch stores it, {@code
   * [out, in]}, {@code [out, in, kH, kW]} or {@code [n]}.
   */
  record Parameter(String name, INDArray weights, INDArray gradient, Map<String, INDArray> state) {}
}
