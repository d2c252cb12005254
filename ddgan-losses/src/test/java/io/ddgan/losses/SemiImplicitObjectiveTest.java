package io.ddgan.losses;

import static io.ddgan.losses.ByHand.BATCH;
import static io.ddgan.losses.ByHand.PARTS;
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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Discriminator;
import io.ddgan.api.Objective;
import io.ddgan.api.Phase;
import io.ddgan.api.Ramp;
import io.ddgan.contract.FixedBatch;
import io.ddgan.losses.SemiImplicitObjective.Target;
import io.ddgan.losses.SemiImplicitObjective.Weighting;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the phases of the semi-implicit objective pay, by hand. */
class SemiImplicitObjectiveTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.75})
  void theDiscriminatorSeesOneExampleAndMayEstimateTheData(double denoising) {
    Objective objective = objective(Weighting.INVERSE_VARIANCE, false, denoising);
    FixedBatch batch = batch(objective);
    double loss = mean(values(pay(objective, batch, 0)));

    double[] fake = reversed(batch, generated(batch, batch.xtp1(), Latent.NORMAL, true));
    double[] xt = values(batch.xt());
    double[] data = values(batch.x0());
    double adversarial =
        mean(logits(batch, fake, false, true)) - mean(logits(batch, xt, false, true));
    double error = mean(each(i -> Math.pow(0.5 * xt[i] - data[i], 2)));
    assertEquals(adversarial + denoising * error, loss, 1e-9);
    assertEquals(denoising > 0, batch.reports().containsKey("denoising-loss"));
  }

  @ParameterizedTest
  @CsvSource({
    "XTP1, INVERSE_VARIANCE, false",
    "XTP1, NONE, false",
    "XTP1, INVERSE_VARIANCE, true",
    "XTP1, NONE, true",
    "XT, INVERSE_VARIANCE, false",
    "XT, NONE, true"
  })
  void theGeneratorPaysForWhatTiesItsExamplesToTheirPairs(
      Target target, Weighting scale, boolean entropy) {
    Objective objective = objective(target, scale, entropy, 0);
    FixedBatch batch = batch(objective);
    double loss = mean(values(pay(objective, batch, entropy ? 2 : 1)));

    double[] fake = reversed(batch, generated(batch, batch.xtp1(), Latent.NORMAL, true));
    double[] noise = noise(batch, fake);
    double[] explained = generated(batch, fake, Latent.NONE, true);
    double[] xt = values(batch.xt());
    double forward =
        mean(
            each(
                i -> {
                  double left = entropy ? Math.pow(noise[i] - explained[i], 2) : 0;
                  double scaled =
                      scale == Weighting.NONE
                          ? Math.pow(PARTS.process().transition(time(i) + 1).noise(), 2)
                          : 1;
                  var scales = PARTS.process().transition(time(i) + 1);
                  double difference = scales.signal() / scales.noise() * (xt[i] - fake[i]);
                  double crossed = target == Target.XTP1 ? noise[i] : difference;
                  return scaled * (crossed * crossed - left);
                }));
    assertEquals(-mean(logits(batch, fake, false, true)) + 0.4 * forward, loss, 1e-9);
    assertEquals(forward, mean(values(batch.reports().get("forward-loss"))), 1e-9);
  }

  @Test
  void theRegressorEstimatesThatNoiseByLeastSquares() {
    Objective objective = objective(Weighting.INVERSE_VARIANCE, true, 0);
    FixedBatch batch = batch(objective);
    double[] loss = values(pay(objective, batch, 1));

    double[] fake = reversed(batch, generated(batch, batch.xtp1(), Latent.NORMAL, true));
    double[] noise = noise(batch, fake);
    double[] explained = generated(batch, fake, Latent.NONE, true);
    assertEquals(BATCH, loss.length);
    assertArrayEquals(loss, values(batch.reports().get("regressor-loss")));
    assertEquals(mean(each(i -> Math.pow(noise[i] - explained[i], 2))), mean(loss), 1e-9);
  }

  @Test
  void hasNoPartsThatWeighNothing() {
    Objective objective =
        new SemiImplicitObjective(
            Latent.NORMAL,
            Ramp.constant(0),
            Target.XTP1,
            Weighting.INVERSE_VARIANCE,
            true,
            Ramp.constant(0));
    assertEquals(
        List.of("discriminator", "generator"),
        objective.phases(PARTS).stream().map(Phase::name).toList());
    assertEquals(Set.of("generator", "discriminator"), objective.networks(PARTS).keySet());
    FixedBatch batch = batch(objective);
    double loss = mean(values(pay(objective, batch, 1)));
    double[] fake = reversed(batch, generated(batch, batch.xtp1(), Latent.NORMAL, true));
    assertEquals(-mean(logits(batch, fake, false, true)), loss, 1e-9);
    assertFalse(batch.reports().containsKey("forward-loss"));
  }

  @Test
  void refusesADiscriminatorThatCannotDenoise() {
    Discriminator plain = (p, inputs) -> inputs.xt().sum(1);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> objective(Weighting.NONE, false, 1).networks(LinearParts.of(true, plain)));
    assertTrue(e.getMessage().contains("objective.denoising-weight = 0"), e.getMessage());
  }

  private static Objective objective(Weighting scale, boolean entropy, double denoising) {
    return objective(Target.XTP1, scale, entropy, denoising);
  }

  private static Objective objective(
      Target target, Weighting scale, boolean entropy, double denoising) {
    return new SemiImplicitObjective(
        Latent.NORMAL, Ramp.constant(0.4), target, scale, entropy, Ramp.constant(denoising));
  }

  /** The noise that takes x_t to x_{t+1}. */
  private static double[] noise(FixedBatch batch, double[] xt) {
    double[] xtp1 = values(batch.xtp1());
    return each(
        i -> {
          var scales = PARTS.process().transition(time(i) + 1);
          return (xtp1[i] - scales.signal() * xt[i]) / scales.noise();
        });
  }
}
