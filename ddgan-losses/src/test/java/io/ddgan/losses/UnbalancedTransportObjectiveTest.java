package io.ddgan.losses;

import static io.ddgan.losses.ByHand.PARTS;
import static io.ddgan.losses.ByHand.SIZE;
import static io.ddgan.losses.ByHand.batch;
import static io.ddgan.losses.ByHand.each;
import static io.ddgan.losses.ByHand.generated;
import static io.ddgan.losses.ByHand.logits;
import static io.ddgan.losses.ByHand.mean;
import static io.ddgan.losses.ByHand.pay;
import static io.ddgan.losses.ByHand.reversed;
import static io.ddgan.losses.ByHand.time;
import static io.ddgan.losses.ByHand.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.Objective;
import io.ddgan.api.Parameterization.Coefficients;
import io.ddgan.api.Ramp;
import io.ddgan.contract.FixedBatch;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the phases of an unbalanced transport pay, by hand. */
class UnbalancedTransportObjectiveTest {

  private static final double COST = 0.3;
  private static final Objective OBJECTIVE =
      new UnbalancedTransportObjective(
          Latent.NORMAL, Ramp.constant(COST), Conjugate.SOFTPLUS, Conjugate.CHI_SQUARED);

  @Test
  void thePotentialPaysByTheConjugatesOfBothSides() {
    FixedBatch batch = batch(OBJECTIVE);
    double loss = mean(values(pay(OBJECTIVE, batch, 0)));

    double[] output = generated(batch, batch.xtp1(), Latent.NORMAL, true);
    double[] fake = logits(batch, reversed(batch, output), true, true);
    double[] real = logits(batch, values(batch.xt()), true, true);
    double[] cost = cost(batch, output);
    double expected =
        IntStream.range(0, real.length)
            .mapToDouble(
                i -> {
                  double y = Math.max(-2, -real[i]);
                  return Math.log1p(Math.exp(fake[i] - cost[i])) + y + y * y / 4;
                })
            .average()
            .orElseThrow();
    assertEquals(expected, loss, 1e-9);
  }

  @Test
  void theGeneratorPaysForTheWayAndIsPaidByThePotential() {
    FixedBatch batch = batch(OBJECTIVE);
    double loss = mean(values(pay(OBJECTIVE, batch, 1)));

    double[] output = generated(batch, batch.xtp1(), Latent.NORMAL, true);
    double[] cost = cost(batch, output);
    assertEquals(mean(cost) - mean(logits(batch, reversed(batch, output), true, true)), loss, 1e-9);
    assertEquals(mean(cost), mean(values(batch.reports().get("transport-cost"))), 1e-9);
  }

  @Test
  void needsAnEstimateOfTheData() {
    assertEquals(
        "the transport cost needs a generator that predicts x_0, the noise or v; set"
            + " parameterization.type = x0, epsilon or v",
        assertThrows(
                IllegalArgumentException.class, () -> OBJECTIVE.networks(LinearParts.of(false)))
            .getMessage());
  }

  /** What the way of each example costs. */
  private static double[] cost(FixedBatch batch, double[] output) {
    double[] xtp1 = values(batch.xtp1());
    double[] squares =
        each(
            i -> {
              Coefficients c =
                  PARTS.parameterization().data(PARTS.process(), time(i)).orElseThrow();
              double data = c.output() * output[i] + c.xtp1() * xtp1[i];
              return COST * Math.pow(data - xtp1[i], 2);
            });
    double[] costs = new double[squares.length / SIZE];
    Arrays.setAll(costs, n -> squares[SIZE * n] + squares[SIZE * n + 1]);
    return costs;
  }
}
