package io.ddgan.engine;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/** Updates of weights by ND4J's operations, several passes over them. */
final class Nd4jUpdates {

  private Nd4jUpdates() {}

  static void adam(AdamStep step) {
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

  static void average(INDArray average, INDArray weights, double decay) {
    average.muli(decay);
    Nd4j.getBlasWrapper().level1().axpy(weights.length(), 1 - decay, weights, average);
  }

  static double norm(INDArray vector) {
    return vector.norm2Number().doubleValue();
  }
}
