package io.ddgan.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.Labels;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import io.ddgan.contract.FixedMetricInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class IntraFidTest {

  private static final double[] ZEROS_CLASS = {-1, 1, -1, 1};
  private static final double[] FIVES_CLASS = {4, 6, 4, 6};
  private static final double[] BOTH = {-1, 4, 1, 6, -1, 4, 1, 6};

  private final IntraFid metric = new IntraFid(8, 2);

  @Test
  void classesThatAreSwappedAreFarThoughAllTogetherAreAsReal() throws IOException {
    assertEquals(25, distance(i -> 1 - i % 2), 1e-12);
  }

  @Test
  void itIsTheMeanOverClassesWhateverTheirSizes() throws IOException {
    Vectors generated = Vectors.of(new double[] {-1, 1, -1, 1, 8, 10, 8, 10, 8, 10, 8, 10}, 1);
    double unequal = 16 + square(Math.sqrt(4 / 3.0) - Math.sqrt(8 / 7.0)); // variances of few
    assertEquals(unequal / 2, evaluate(generated, new Labels(2, i -> i < 4 ? 0 : 1)), 1e-12);
  }

  @Test
  void aClassOfWhichTooFewWereGeneratedIsNamed() {
    assertEquals(
        "intra-fid: class 1 has only 1 of 8 generated examples, too few for a covariance; use more samples",
        assertThrows(RefusedException.class, () -> distance(i -> i == 3 ? 1 : 0)).getMessage());
  }

  @Test
  void aClassOfTooFewRealExamplesIsNamedBeforeAnythingIsGenerated() {
    assertEquals(
        "intra-fid needs at least 2 real examples of each class to compare with, but class 0 has 1; compare with more data, or lower min-count",
        assertThrows(
                RefusedException.class, () -> metric.needs(Optional.of(KnownExamples.ofClasses(2))))
            .getMessage());
  }

  @Test
  void itWantsEnoughSamplesForAllClasses() {
    assertEquals(2, metric.minSamples());
    assertEquals(8, metric.minSamples(Optional.of(KnownExamples.ofClasses(4))));
  }

  @Test
  void dataWithoutClassesAreRefused() {
    assertThrows(RefusedException.class, () -> metric.needs(Optional.of(KnownExamples.plain())));
    assertThrows(RefusedException.class, () -> metric.needs(Optional.empty()));
  }

  private static double square(double x) {
    return x * x;
  }

  private double distance(IntUnaryOperator asked) throws IOException {
    return evaluate(Vectors.of(BOTH, 1), new Labels(2, asked));
  }

  private double evaluate(Vectors generated, Labels asked) throws IOException {
    return metric
        .evaluate(
            FixedMetricInput.none()
                .with(Need.FEATURES, generated)
                .with(Need.REQUESTED_CLASSES, asked)
                .with(Need.REAL, KnownExamples.ofClasses(2))
                .with(
                    Need.REAL_FEATURES_BY_CLASS,
                    List.of(Vectors.of(ZEROS_CLASS, 1), Vectors.of(FIVES_CLASS, 1))))
        .get("intra-fid");
  }
}
