package io.ddgan.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.GradientPenalty.Place;
import io.ddgan.contract.FixedBatch;
import io.ddgan.contract.SmallParts;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ReverseMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The losses of both networks with the discriminator {@code D(x) = x . x}, whose gradient is {@code
 * 2 x}, and a loss that distinguishes all of its inputs.
 */
class PenalisedAdversarialLossTest {

  private static final int BATCH = 3;
  private static final int SIZE = 2;

  private final FixedBatch batch =
      new FixedBatch(
          new Graph(DataType.DOUBLE, BATCH, DataShape.point(SIZE), 0, true),
          new NoNetworks(),
          SmallParts.penalised());
  private final SDVariable real = batch.normal("real");
  private final SDVariable fake = batch.normal("fake");

  @Test
  void computesAndReportsTheLossesOfBothNetworks() {
    SDVariable discriminator = penalised(new Lopsided()).discriminatorLoss(batch, real, fake);
    double[] onReal = logits(values(real));
    double[] onFake = logits(values(fake));
    double[] loss = new double[BATCH];
    Arrays.setAll(loss, i -> 2 * onReal[i] + 5 * onFake[i]);
    assertEquals(Arrays.stream(loss).average().orElseThrow(), values(discriminator)[0], 1e-9);
    assertReported("discriminator-loss", loss);
    assertReported("discriminator-loss-real", Arrays.stream(onReal).map(x -> 2 * x).toArray());
    assertReported("discriminator-loss-fake", Arrays.stream(onFake).map(x -> 5 * x).toArray());
    assertReported("logit-real", onReal);
    assertReported("logit-fake", onFake);
    assertEquals(5, batch.reports().size());

    SDVariable generator = penalised(new Lopsided()).generatorLoss(batch, real, fake);
    double[] expected = Arrays.stream(onFake).map(x -> 7 * x).toArray();
    assertArrayEquals(expected, values(generator), 1e-9);
    assertReported("generator-loss", expected);
    assertEquals(6, batch.reports().size());
  }

  @Test
  void refusesAMissingLoss() {
    ObjectiveComponents components = configured(Optional.empty(), List.of());
    var e =
        assertThrows(
            RefusedException.class,
            () -> new PenalisedAdversarialLoss(components, (b, x) -> x.sum(1)));
    assertTrue(e.getMessage().contains("loss { type = ... }"), e.getMessage());
  }

  /** A logit of 0 does not count. */
  @Test
  void signalsOverfittingByTheSignsOfRealLogits() {
    PenalisedAdversarialLoss terms =
        new PenalisedAdversarialLoss(
            configured(Optional.of(new Lopsided()), List.of()), (batch, x) -> x.sum(1));
    SDVariable examples =
        batch.sameDiff().constant(Nd4j.createFromArray(new double[][] {{1, 2}, {-3, 2}, {1, -1}}));
    SDVariable unused = terms.discriminatorLoss(batch, examples, fake);
    assertEquals(Set.of("overfitting"), batch.signals().keySet());
    assertArrayEquals(new double[] {1, -1, 0}, values(batch.signals().get("overfitting")), 1e-9);
  }

  /** The derivative of the mean of 5 D(2 x) by x would be 40 x / N. */
  @Test
  void stopsTheGradientFromTheDiscriminatorAtGeneratedExamples() {
    SDVariable twice = fake.mul(2);
    SDVariable loss = penalised(new Lopsided()).discriminatorLoss(batch, real, twice);
    Map<SDVariable, SDVariable> gradients =
        new ReverseMode(batch.sameDiff()).gradients(loss, List.of(fake, real), batch.blocked());
    assertNull(gradients.get(fake));
    double[] expected = Arrays.stream(values(real)).map(x -> 4 * x / BATCH).toArray();
    assertArrayEquals(expected, values(gradients.get(real)), 1e-9);
  }

  /** The mean squared norm of 2 x at each place identifies the place. */
  @ParameterizedTest
  @CsvSource({"REAL", "GENERATED", "INTERPOLATED"})
  void addsAWeightedPenaltyAtItsPlace(Place place) {
    SDVariable loss =
        penalised(new Lopsided(), new Squared(place, 1, 0.25)).discriminatorLoss(batch, real, fake);

    double[] r = values(real);
    double[] f = values(fake);
    double[] share = values(batch.uniform("between"));
    double[] x = new double[r.length];
    Arrays.setAll(
        x,
        i ->
            switch (place) {
              case REAL -> r[i];
              case GENERATED -> f[i];
              case INTERPOLATED -> share[i / SIZE] * r[i] + (1 - share[i / SIZE]) * f[i];
            });
    double penalty = 0.25 * sum(Arrays.stream(x).map(v -> 4 * v * v).toArray()) / BATCH;
    double adversarial = (2 * sum(logits(r)) + 5 * sum(logits(f))) / BATCH;
    assertReported("penalty", penalty);
    assertEquals(adversarial + penalty, values(loss)[0], 1e-9);
  }

  @Test
  void reportsEachDuePenaltyInASeparateColumn() {
    SDVariable loss =
        penalised(
                new Lopsided(),
                new Squared(Place.REAL, 1, 1),
                new Squared(Place.REAL, 0, 1),
                new Squared(Place.GENERATED, 1, 1))
            .discriminatorLoss(batch, real, fake);

    double onReal = 4 * sum(logits(values(real))) / BATCH;
    double onFake = 4 * sum(logits(values(fake))) / BATCH;
    assertReported("penalty", onReal);
    assertReported("penalty-3", onFake);
    assertEquals(7, batch.reports().size(), batch.reports().keySet().toString());
    double adversarial = (2 * sum(logits(values(real))) + 5 * sum(logits(values(fake)))) / BATCH;
    assertEquals(adversarial + onReal + onFake, values(loss)[0], 1e-9);
  }

  private static PenalisedAdversarialLoss penalised(
      AdversarialLoss loss, GradientPenalty... penalties) {
    return new PenalisedAdversarialLoss(
        configured(Optional.of(loss), List.of(penalties)), (batch, x) -> x.mul(x).sum(1));
  }

  private void assertReported(String column, double... expected) {
    assertArrayEquals(expected, values(batch.reports().get(column)), 1e-9, column);
  }

  private static double[] logits(double[] x) {
    double[] logits = new double[BATCH];
    for (int i = 0; i < x.length; i++) {
      logits[i / SIZE] += x[i] * x[i];
    }
    return logits;
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }

  private static double[] values(SDVariable variable) {
    return variable.eval().dup('c').data().asDouble();
  }

  /** The loss: 2 times a real logit, 5 times a fake one and, for the generator, 7 times. */
  private record Lopsided() implements SeparableLoss {

    @Override
    public SDVariable discriminatorOnReal(SDVariable logits) {
      return logits.mul(2);
    }

    @Override
    public SDVariable discriminatorOnFake(SDVariable logits) {
      return logits.mul(5);
    }

    @Override
    public SDVariable generatorLoss(SDVariable logits) {
      return logits.mul(7);
    }
  }

  private record Squared(Place at, int every, double gamma) implements GradientPenalty {

    @Override
    public Ramp weight() {
      return Ramp.constant(gamma);
    }

    @Override
    public SDVariable penalty(SDVariable gradient) {
      return gradient.mul(gradient).sum(1).mean();
    }
  }

  private static ObjectiveComponents configured(
      Optional<AdversarialLoss> loss, List<GradientPenalty> penalties) {
    ObjectiveComponents small = SmallParts.of(penalties);
    return new ObjectiveComponents(
        small.process(),
        small.parameterization(),
        small.generator(),
        small.discriminator(),
        loss,
        penalties,
        List.of());
  }

  private record NoNetworks() implements Objective {

    @Override
    public Map<String, Network> networks(ObjectiveComponents components) {
      return Map.of();
    }

    @Override
    public List<Phase> phases(ObjectiveComponents components) {
      return List.of();
    }
  }
}
