package io.ddgan.api;

import io.ddgan.engine.Engine;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Updates weights from gradients. The record holds the configuration only. The runtime holds the
 * state between updates and saves it in checkpoints.
 */
public interface Optimiser {

  /**
   * Names of the state vectors, in kebab-case, such as {@code adam-mean}. Each has as many numbers
   * as the network has parameters, 0 before the first update.
   */
  List<String> stateNames();

  /** Updates the weights of one network in place. */
  void update(Update update);

  /** One update of one network. The arrays are valid during the update only. */
  interface Update {

    /** All weights in one vector, to be changed in place. */
    INDArray weights();

    /** The loss's gradient with respect to all weights in one vector, which may be overwritten. */
    INDArray gradient();

    /** A state vector by name, to be changed in place. */
    INDArray state(String name);

    /** The learning rate. */
    double learningRate();

    /** Number of updates of this network before this one. */
    long previousUpdates();

    /** The current value of a ramp. */
    double value(Ramp ramp);

    /** The engine that runs the training, for updates with an engine-specific implementation. */
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
