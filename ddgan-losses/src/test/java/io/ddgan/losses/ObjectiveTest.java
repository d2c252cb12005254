package io.ddgan.losses;

import static io.ddgan.losses.ByHand.BATCH;
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
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Objective;
import io.ddgan.api.Parameterization.Coefficients;
import io.ddgan.api.Ramp;
import io.ddgan.api.Sampler.Step;
import io.ddgan.contract.FixedBatch;
import io.ddgan.losses.DdganObjective.DiscriminatorInputs;
import io.ddgan.losses.DdganObjective.ReconstructionWeighting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the phases of objectives pay with the networks of {@link LinearParts}, by hand. */
class ObjectiveTest {

  @ParameterizedTest
  @CsvSource({"true, true, NORMAL", "true, false, NONE", "false, true, NONE"})
  void theDiscriminatorOfAnAdversarialObjectiveTellsRealFromGeneratedPairs(
      boolean xtp1, boolean time, Latent latent) {
    Objective objective =
        new DdganObjective(
            latent,
            new DiscriminatorInputs(xtp1, time),
            Ramp.constant(0.75),
            Ramp.constant(0),
            ReconstructionWeighting.NONE);
    FixedBatch batch = batch(objective);
    double loss = values(pay(objective, batch, 0))[0];

    double[] fake = reversed(batch, generated(batch, batch.xtp1(), latent, true));
    double[] real = logits(batch, values(batch.xt()), xtp1, time);
    assertEquals(mean(logits(batch, fake, xtp1, time)) - mean(real), loss, 1e-9);
    assertArrayEquals(real, values(batch.reports().get("logit-real")), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, NONE", "0.75, 0, NONE", "0, 0.6, NONE", "0.75, 0.6, SIGNAL"})
  void theGeneratorOfAnAdversarialObjectiveMayPayForItsDistanceFromTheData(
      double weight, double squaredWeight, ReconstructionWeighting scale) {
    Objective objective =
        new DdganObjective(
            Latent.NORMAL,
            new DiscriminatorInputs(true, true),
            Ramp.cosine(weight, weight / 2), // a batch is of the first step
            Ramp.cosine(squaredWeight, squaredWeight / 2),
            scale);
    FixedBatch batch = batch(objective);
    double loss = values(pay(objective, batch, 1))[0];

    double[] output = generated(batch, batch.xtp1(), Latent.NORMAL, true);
    double[] xtp1 = values(batch.xtp1());
    double[] data = values(batch.x0());
    double[] distances =
        each(
            i -> {
              Coefficients c =
                  PARTS.parameterization().data(PARTS.process(), time(i)).orElseThrow();
              return Math.abs(c.output() * output[i] + c.xtp1() * xtp1[i] - data[i]);
            });
    double[] squares = each(i -> distances[i] * distances[i]);
    double[] weighted =
        each(
            i -> {
              double byTime =
                  scale == ReconstructionWeighting.NONE
                      ? 1
                      : PARTS.process().marginal(time(i) + 1).signal();
              return byTime * (weight * distances[i] + squaredWeight * squares[i]);
            });
    double adversarial = -mean(logits(batch, reversed(batch, output), true, true));
    assertEquals(adversarial + mean(weighted), loss, 1e-9);
    Map<String, Double> reports = new TreeMap<>();
    batch.reports().forEach((name, value) -> reports.put(name, mean(values(value))));
    assertEquals(adversarial, reports.remove("generator-loss"), 1e-9);
    if (weight > 0) {
      assertEquals(mean(distances), reports.remove("reconstruction"), 1e-9);
    }
    if (squaredWeight > 0) {
      assertEquals(mean(squares), reports.remove("squared-reconstruction"), 1e-9);
    }
    assertEquals(Map.of(), reports);
  }

  @Test
  void aReconstructionNeedsAnEstimateOfTheData() {
    var sees = new DiscriminatorInputs(true, true);
    assertEquals(
        "a reconstruction term needs a generator that predicts x_0, the noise or v; set"
            + " parameterization.type = x0, epsilon or v",
        refusal(
            new DdganObjective(
                Latent.NORMAL,
                sees,
                Ramp.constant(0),
                Ramp.constant(0.1),
                ReconstructionWeighting.NONE)));
    assertEquals(
        Set.of(Objective.GENERATOR, Objective.DISCRIMINATOR),
        new DdganObjective(
                Latent.NORMAL,
                sees,
                Ramp.constant(0),
                Ramp.constant(0),
                ReconstructionWeighting.NONE)
            .networks(LinearParts.of(false))
            .keySet());
  }

  @ParameterizedTest
  @CsvSource({"NORMAL, EPSILON", "NONE, EPSILON", "NONE, OUTPUT"})
  void aDenoiserPaysTheMeanSquaredErrorOfTheNoiseOrOfItsOutput(
      Latent latent, DenoisingTarget error) {
    Objective objective = new DenoisingObjective(latent, error);
    FixedBatch batch = batch(objective);
    double[] loss = values(pay(objective, batch, 0));

    double[] data = values(batch.x0());
    double[] epsilon = values(batch.normal("epsilon"));
    double[] xtp1 =
        each(
            i -> {
              var scales = PARTS.process().marginal(time(i) + 1);
              return scales.signal() * data[i] + scales.noise() * epsilon[i];
            });
    double[] output = generated(batch, xtp1, latent, true);
    double[] squares =
        each(
            i -> {
              Coefficients c =
                  PARTS.parameterization().epsilon(PARTS.process(), time(i)).orElseThrow();
              double ofNoise = c.output() * output[i] + c.xtp1() * xtp1[i] - epsilon[i];
              return Math.pow(error == DenoisingTarget.EPSILON ? ofNoise : ofNoise / c.output(), 2);
            });
    double[] expected = new double[BATCH];
    Arrays.setAll(expected, n -> (squares[SIZE * n] + squares[SIZE * n + 1]) / SIZE);
    assertArrayEquals(expected, loss, 1e-9);
    assertArrayEquals(expected, values(batch.reports().get("generator-loss")), 1e-9);
  }

  @Test
  void aDenoiserNeedsAnEstimateOfTheNoise() {
    assertEquals(
        "a denoiser needs a generator that predicts x_0, the noise or v; set parameterization.type ="
            + " x0, epsilon or v",
        refusal(new DenoisingObjective(Latent.NORMAL, DenoisingTarget.EPSILON)));
  }

  @ParameterizedTest
  @CsvSource({"NORMAL, true", "NONE, false"})
  void aOneShotGeneratorIsJudgedByDiffusedExamples(Latent latent, boolean seesTime) {
    Objective objective = new OneShotObjective(latent, seesTime);
    FixedBatch batch = batch(objective);
    double discriminator = values(pay(objective, batch, 0))[0];
    FixedBatch another = batch(objective);
    double[] generator = values(pay(objective, another, 1));

    double[] data = generated(batch, batch.normal("start"), latent, false);
    double[] noise = values(batch.normal("diffusion"));
    double[] fake =
        each(
            i -> {
              var scales = PARTS.process().marginal(time(i));
              return scales.signal() * data[i] + scales.noise() * noise[i];
            });
    double[] onFake = logits(batch, fake, false, seesTime);
    double[] onReal = logits(batch, values(batch.xt()), false, seesTime);
    assertEquals(mean(onFake) - mean(onReal), discriminator, 1e-9);
    double[] expected = new double[BATCH];
    Arrays.setAll(expected, n -> -onFake[n]);
    assertArrayEquals(expected, generator, 1e-9);
  }

  @Test
  void aOneShotGeneratorIsEvaluatedOnceAtTheLastTime() {
    assertEquals(
        List.of(new Step(2, new Coefficients(1, 0, 0))),
        new OneShotObjective(Latent.NORMAL, true)
            .samplerSteps((process, parameterization) -> at(2, 1, 0), PARTS));
  }

  @Test
  void aOneShotGeneratorRefusesASamplerThatItWouldIgnore() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new OneShotObjective(Latent.NORMAL, true)
                    .samplerSteps((process, parameterization) -> at(2, 0), PARTS));
    assertTrue(e.getMessage().contains("set sampler.type = ancestral"), e.getMessage());
  }

  private static List<Step> at(Integer... times) {
    return Stream.of(times).map(t -> new Step(t, new Coefficients(1, 0, 0))).toList();
  }

  private static String refusal(Objective objective) {
    return assertThrows(
            IllegalArgumentException.class, () -> objective.networks(LinearParts.of(false)))
        .getMessage();
  }
}
