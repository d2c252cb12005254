package io.ddgan.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.contract.FixedBatch;
import io.ddgan.internal.graph.Graph;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** What Diffusion-GAN draws and shows its discriminator, with the networks of LinearParts. */
class DiffusionGanObjectiveTest {

  private static final int BATCH = 6;
  private static final ObjectiveComponents PARTS = LinearParts.of(true);

  private static DiffusionGanObjective objective(
      boolean seesTime, int shortest, TimestepDistribution times, double undiffused, double noise) {
    return new DiffusionGanObjective(
        Latent.NORMAL, seesTime, shortest, 0.6, 1000, 4, times, undiffused, noise);
  }

  @ParameterizedTest
  @CsvSource({
    "UNIFORM, 1",
    "UNIFORM, 5",
    "UNIFORM, 1000",
    "PRIORITY, 1",
    "PRIORITY, 5",
    "PRIORITY, 1000"
  })
  void timesAreDrawnInProportionToTheirWeights(TimestepDistribution times, int length) {
    int draws = 200_000;
    double[] uniform = new double[draws];
    Arrays.setAll(uniform, i -> (i + 0.5) / draws);
    int[] counts = new int[length];
    for (double time : below(times, length, uniform)) {
      counts[(int) time]++;
    }
    for (int t = 0; t < length; t++) {
      double expected =
          times == TimestepDistribution.UNIFORM
              ? 1.0 / length
              : 2.0 * (t + 1) / ((double) length * (length + 1));
      assertEquals(expected, (double) counts[t] / draws, 1.01 / draws, "time " + t);
    }
  }

  @ParameterizedTest
  @CsvSource({"UNIFORM", "PRIORITY"})
  void theLargestDrawIsTheLastTimeInSinglePrecision(TimestepDistribution times) {
    for (int length = 1; length < 2000; length += 7) {
      SameDiff sd = SameDiff.create();
      SDVariable uniform = sd.constant(Nd4j.createFromArray(0f, Math.nextDown(1f)));
      float[] drawn =
          times.below(sd.constant(Nd4j.scalar((float) length)), uniform).eval().toFloatVector();
      assertArrayEquals(new float[] {0, length - 1}, drawn);
    }
  }

  private static double[] below(TimestepDistribution times, int length, double[] uniform) {
    SameDiff sd = SameDiff.create();
    return times
        .below(
            sd.constant(Nd4j.scalar((double) length)), sd.constant(Nd4j.createFromArray(uniform)))
        .eval()
        .toDoubleVector();
  }

  /** An adaptive length is in the middle between 1 and 3 here, and one that cannot move is 3. */
  @ParameterizedTest
  @CsvSource({
    "true, 1, UNIFORM, 0, 1",
    "true, 1, PRIORITY, 0.4, 0.5",
    "false, 3, UNIFORM, 0.4, 0.05",
    "true, 3, PRIORITY, 0, 1"
  })
  void theDiscriminatorSeesDiffusedExamplesAndTheirTimesInBothPhases(
      boolean seesTime, int shortest, TimestepDistribution times, double undiffused, double noise) {
    Objective objective = objective(seesTime, shortest, times, undiffused, noise);
    FixedBatch batch = batch(objective);
    double loss = values(objective.phases(PARTS).get(0).loss().apply(batch))[0];
    double paidByGenerator =
        objective.phases(PARTS).get(1).loss().apply(batch).mean().eval().getDouble(0);

    int length = shortest == 1 ? 2 : 3;
    double[] uniform = values(batch.uniform("time"));
    double[] data = values(batch.x0());
    double[] start = values(batch.normal("start"));
    double[] latent = values(batch.latent());
    double[] onReal = values(batch.normal("cleaner"));
    double[] onFake = values(batch.normal("diffusion"));
    double expected = 0;
    double expectedOfGenerator = 0;
    for (int n = 0; n < BATCH; n++) {
      double u = Math.max(0, (uniform[n] - undiffused) / (1 - undiffused));
      int time =
          times == TimestepDistribution.UNIFORM
              ? (int) (u * length)
              : (int) ((Math.sqrt(1 + 4 * u * length * (length + 1)) - 1) / 2);
      var scales = PARTS.process().marginal(time);
      for (int i = 2 * n; i < 2 * n + 2; i++) {
        double real = scales.signal() * data[i] + scales.noise() * noise * onReal[i];
        double fake =
            scales.signal() * (0.5 * start[i] + latent[i]) + scales.noise() * noise * onFake[i];
        double seen = seesTime ? time : 0;
        expected += ((fake + seen) * fake - (real + seen) * real) / BATCH;
        expectedOfGenerator -= (fake + seen) * fake / BATCH;
      }
    }
    assertEquals(expected, loss, 1e-9);
    assertEquals(expectedOfGenerator, paidByGenerator, 1e-9);
    assertEquals(Set.of("overfitting"), batch.signals().keySet());
  }

  @Test
  void aScheduleOfFewerStepsThanTheShortestLengthIsRefused() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> objective(true, 4, TimestepDistribution.UNIFORM, 0, 1).networks(PARTS));
    assertEquals(
        "min-timesteps = 4 is more than the 3 denoising steps of the schedule; set schedule.steps to"
            + " more, such as 1000",
        e.getMessage());
    assertTrue(objective(true, 3, TimestepDistribution.UNIFORM, 0, 1).networks(PARTS).size() == 2);
  }

  private static FixedBatch batch(Objective objective) {
    return new FixedBatch(
        new Graph(DataType.DOUBLE, BATCH, DataShape.point(2), 0, true), objective, PARTS);
  }

  private static double[] values(SDVariable variable) {
    return variable.eval().dup('c').data().asDouble();
  }
}
