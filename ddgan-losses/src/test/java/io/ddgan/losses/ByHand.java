package io.ddgan.losses;

import io.ddgan.api.DataShape;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.Parameterization.Coefficients;
import io.ddgan.contract.FixedBatch;
import io.ddgan.internal.graph.Graph;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** What the networks of {@link LinearParts} make of a batch, by hand. */
final class ByHand {

  static final int BATCH = 4;
  static final int SIZE = 2;
  static final ObjectiveComponents PARTS = LinearParts.of(true);

  private ByHand() {}

  static FixedBatch batch(Objective objective) {
    return new FixedBatch(
        new Graph(DataType.DOUBLE, BATCH, DataShape.point(SIZE), 0, true), objective, PARTS);
  }

  static SDVariable pay(Objective objective, FixedBatch batch, int phase) {
    return objective.phases(PARTS).get(phase).loss().apply(batch);
  }

  /** The time of the example that a number belongs to. */
  static int time(int i) {
    return i / SIZE % PARTS.process().steps();
  }

  static double[] generated(FixedBatch batch, SDVariable xtp1, Latent latent, boolean seesTime) {
    return generated(batch, values(xtp1), latent, seesTime);
  }

  static double[] generated(FixedBatch batch, double[] xtp1, Latent latent, boolean seesTime) {
    double[] z = values(batch.latent());
    return each(
        i -> 0.5 * xtp1[i] + (latent == Latent.NORMAL ? z[i] : 0) + (seesTime ? 2 * time(i) : 0));
  }

  static double[] reversed(FixedBatch batch, double[] output) {
    double[] xtp1 = values(batch.xtp1());
    double[] noise = values(batch.normal("reverse"));
    return each(
        i -> {
          Coefficients c = PARTS.parameterization().reverseStep(PARTS.process(), time(i));
          return c.output() * output[i] + c.xtp1() * xtp1[i] + c.noise() * noise[i];
        });
  }

  static double[] logits(FixedBatch batch, double[] xt, boolean seesNoisier, boolean seesTime) {
    double[] xtp1 = values(batch.xtp1());
    double[] logits = new double[BATCH];
    for (int i = 0; i < xt.length; i++) {
      double weight = xt[i] + (seesNoisier ? 3 * xtp1[i] : 0) + (seesTime ? time(i) : 0);
      logits[i / SIZE] += weight * xt[i];
    }
    return logits;
  }

  static double[] each(IntToDoubleFunction value) {
    double[] values = new double[BATCH * SIZE];
    Arrays.setAll(values, value);
    return values;
  }

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  static double[] values(SDVariable variable) {
    return variable.eval().dup('c').data().asDouble();
  }
}
