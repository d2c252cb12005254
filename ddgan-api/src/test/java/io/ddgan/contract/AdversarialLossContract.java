package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.api.DataShape;
import io.ddgan.api.KebabCase;
import io.ddgan.api.SeparableLoss;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** Tests the contract of adversarial losses. Extend it to test those of a plug-in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AdversarialLossContract {

  /** Away from whole numbers, where some losses have a kink. */
  private static final double[] REAL = {-3.53, -0.21, 0.13, 0.72, 4.16};

  private static final double[] FAKE = {0.47, -2.38, 1.91, -0.64, 3.12};

  private static final double FAR = 1e4;

  /** Returns the losses to test. */
  protected abstract Stream<? extends AdversarialLoss> losses();

  @ParameterizedTest
  @MethodSource("losses")
  void returnsOneLossPerExampleAndNamesPartsInKebabCase(AdversarialLoss loss) {
    for (int batch : new int[] {1, REAL.length}) {
      Graph graph = new Graph(DataType.FLOAT, batch, DataShape.point(1));
      SDVariable real = graph.input("real", batch);
      SDVariable fake = graph.input("fake", batch);
      Map<String, SDVariable> all = new LinkedHashMap<>();
      all.put("discriminator", loss.discriminatorLoss(real, fake));
      all.put("generator", loss.generatorLoss(real, fake));
      loss.discriminatorTerms(real, fake)
          .forEach(
              (name, part) -> {
                assertTrue(KebabCase.matches(name), name);
                all.put("part " + name, part);
              });
      CompiledPlan.Builder builder = CompiledPlan.of(graph);
      all.forEach(builder::output);
      try (CompiledPlan plan = builder.build()) {
        plan.run();
        for (String name : all.keySet()) {
          assertArrayEquals(new long[] {batch}, plan.output(name).shape(), name + " of " + loss);
        }
      }
    }
  }

  /** Losses of both sides may compare an example with all others. */
  @ParameterizedTest
  @MethodSource("losses")
  void separableLossesDependOnOneExampleAtATime(AdversarialLoss loss) {
    if (loss instanceof SeparableLoss) {
      for (Part part : Part.all(loss)) {
        try (Scalar all = part.scalar(DataType.DOUBLE, REAL.length);
            Scalar one = part.scalar(DataType.DOUBLE, 1)) {
          double mean = 0;
          for (int i = 0; i < REAL.length; i++) {
            mean += one.value(REAL[i], FAKE[i]) / REAL.length;
          }
          assertEquals(
              mean,
              all.value(both(REAL, FAKE)),
              1e-9 * (1 + Math.abs(mean)),
              () -> "mean of %s over a batch".formatted(part.name()));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void drivesLogitsInTheRightDirection(AdversarialLoss loss) {
    for (int batch : new int[] {1, 3}) {
      double[] discriminator = slopes(Part.discriminator(loss), batch, 0, 1);
      double[] generator = slopes(Part.generator(loss), batch, 1, 0);
      for (int i = 0; i < batch; i++) {
        assertSlope("the discriminator's loss by real logits", discriminator[i], -1);
        assertSlope("the discriminator's loss by fake logits", discriminator[batch + i], 1);
        assertSlope("the generator's loss by fake logits", generator[batch + i], -1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void hasCorrectGradients(AdversarialLoss loss) {
    for (Part part : Part.all(loss)) {
      try (Scalar scalar = part.scalar(DataType.DOUBLE, REAL.length)) {
        scalar.assertGradientEqualsDifferences(both(REAL, FAKE));
      }
    }
  }

  /** Uses the precision of training, in which exp(89) is infinite. */
  @ParameterizedTest
  @MethodSource("losses")
  void isFiniteForExtremeLogits(AdversarialLoss loss) {
    double[] logits =
        both(new double[] {-FAR, -FAR, FAR, FAR}, new double[] {-FAR, FAR, -FAR, FAR});
    for (Part part : Part.all(loss)) {
      try (Scalar scalar = part.scalar(DataType.FLOAT, 4)) {
        double value = scalar.value(logits);
        double[] gradient = scalar.gradient(logits);
        assertTrue(
            Double.isFinite(value) && DoubleStream.of(gradient).allMatch(Double::isFinite),
            () ->
                "%s is %s with the gradient %s at the real and fake logits %s in single precision"
                    .formatted(
                        part.name(), value, Arrays.toString(gradient), Arrays.toString(logits)));
      }
    }
  }

  private static double[] slopes(Part part, int batch, double real, double fake) {
    double[] reals = new double[batch];
    double[] fakes = new double[batch];
    Arrays.fill(reals, real);
    Arrays.fill(fakes, fake);
    try (Scalar scalar = part.scalar(DataType.DOUBLE, batch)) {
      return scalar.gradient(both(reals, fakes));
    }
  }

  private static void assertSlope(String name, double slope, int sign) {
    assertTrue(
        sign * slope > 0,
        () ->
            "the slope of %s is %s, but must be %s 0"
                .formatted(name, slope, sign > 0 ? "above" : "below"));
  }

  private static double[] both(double[] real, double[] fake) {
    return DoubleStream.concat(DoubleStream.of(real), DoubleStream.of(fake)).toArray();
  }

  /**
   * A loss of real and fake logits.
   *
   * @param name name in messages
   */
  private record Part(String name, BinaryOperator<SDVariable> function) {

    static Part discriminator(AdversarialLoss loss) {
      return new Part("discriminator of " + loss, loss::discriminatorLoss);
    }

    static Part generator(AdversarialLoss loss) {
      return new Part("generator of " + loss, loss::generatorLoss);
    }

    static List<Part> all(AdversarialLoss loss) {
      List<Part> parts = new ArrayList<>(List.of(discriminator(loss), generator(loss)));
      if (loss instanceof SeparableLoss oneSided) {
        parts.add(
            new Part(
                "discriminatorOnReal of " + loss,
                (real, fake) -> oneSided.discriminatorOnReal(real)));
        parts.add(
            new Part(
                "discriminatorOnFake of " + loss,
                (real, fake) -> oneSided.discriminatorOnFake(fake)));
        parts.add(
            new Part(
                "one-sided generator of " + loss, (real, fake) -> oneSided.generatorLoss(fake)));
      }
      return parts;
    }

    /** The mean over a batch as a function of all real logits, followed by all fake ones. */
    Scalar scalar(DataType type, int batch) {
      return new Scalar(
          type,
          logits ->
              function
                  .apply(
                      logits.get(SDIndex.interval(0, batch)),
                      logits.get(SDIndex.interval(batch, 2 * batch)))
                  .mean(),
          2L * batch);
    }
  }
}
