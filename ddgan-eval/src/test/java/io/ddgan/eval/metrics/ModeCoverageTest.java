package io.ddgan.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.GaussianMixture;
import io.ddgan.api.Labels;
import io.ddgan.api.Metric.Measure;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import io.ddgan.contract.FixedMetricInput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModeCoverageTest {

  private static final GaussianMixture MODES =
      new GaussianMixture(List.of(List.of(0.0, 0.0), List.of(1.0, 0.0), List.of(0.0, 1.0)), 0.1);

  @Test
  void labelledDataHaveNoMeasuresOfMixtures() {
    ModeCoverage metric = metric(1);
    assertEquals(metric.measures(), metric.measures(Optional.of(KnownExamples.of(MODES))));
    assertEquals(
        List.of("modes-covered", "modes-total", "kl-to-uniform"),
        metric.measures(Optional.of(KnownExamples.ofClasses(4))).stream()
            .map(Measure::name)
            .toList());
  }

  @Test
  void perfectSamplesCoverAllModesEvenly() throws IOException {
    Map<String, Double> values = points(1, 0, 0, 1, 0, 0, 1);
    assertEquals(3, values.get("modes-covered"));
    assertEquals(3, values.get("modes-total"));
    assertEquals(1, values.get("high-quality-share"));
    assertEquals(0, values.get("kl-to-uniform"));
  }

  @Test
  void samplesOfOneModeAreFarFromUniform() throws IOException {
    Map<String, Double> values = points(1, 0, 0, 0.05, 0, -0.1, 0.1);
    assertEquals(1, values.get("modes-covered"));
    assertEquals(Math.log(3), values.get("kl-to-uniform"), 1e-12);
  }

  @Test
  void distanceIsEuclideanAndMeasuredInDeviations() throws IOException {
    Map<String, Double> values = points(1, 0.29, 0, 0.22, 0.22, 1.31, 0, 0, 0.5001);
    assertEquals(1, values.get("modes-covered"), "the others only come near");
    assertEquals(0.25, values.get("high-quality-share"));
  }

  @Test
  void theHistogramCountsAllSamples() throws IOException {
    Map<String, Double> values = points(1, 0, 0, 5, 0, 0, 5);
    assertEquals(1, values.get("modes-covered"));
    assertEquals(0, values.get("kl-to-uniform"), 1e-12);
  }

  @Test
  void aModeIsCoveredByAsManyGoodSamplesAsAreAskedFor() throws IOException {
    assertEquals(1, points(2, 0, 0, 0, 0, 1, 0).get("modes-covered"));
  }

  @Test
  void anExampleBelongsToItsMostProbableClass() throws IOException {
    Map<String, Double> values = classes(3, 1, 0.2, 0.5, 0.3, 0.1, 0.8, 0.1, 0, 0.4, 0.6);
    assertEquals(Set.of("modes-covered", "modes-total", "kl-to-uniform"), values.keySet());
    assertEquals(2, values.get("modes-covered"));
    assertEquals(3, values.get("modes-total"));
    double expected = 2 / 3.0 * Math.log(2) + 1 / 3.0 * Math.log(1);
    assertEquals(expected, values.get("kl-to-uniform"), 1e-12);
  }

  @Test
  void aClassIsCoveredByAsManyExamplesAsAreAskedFor() throws IOException {
    assertEquals(1, classes(2, 2, 1, 0, 0, 1, 1, 0).get("modes-covered"));
  }

  @Test
  void modesThatAreKnownAreBetterThanClasses() {
    KnownExamples both = new KnownExamples(Optional.of(MODES), Optional.of(new Labels(3, i -> i)));
    assertEquals(Set.of(Need.VALUES, Need.REAL), metric(1).needs(Optional.of(both)));
    assertEquals(
        Set.of(Need.PROBABILITIES, Need.REAL),
        metric(1).needs(Optional.of(KnownExamples.ofClasses(3))));
  }

  @Test
  void wantsDataWithKnownModesOrClasses() {
    assertThrows(RefusedException.class, () -> metric(1).needs(Optional.of(KnownExamples.plain())));
    assertThrows(RefusedException.class, () -> metric(1).needs(Optional.empty()));
  }

  @Test
  void cautionsOfSamplesThatCannotCoverAllModes() {
    GaussianMixture two = new GaussianMixture(List.of(List.of(-1.0), List.of(1.0)), 0.5);
    Optional<OpenDataset> real = Optional.of(KnownExamples.of(two));
    assertEquals(Optional.empty(), metric(20).warning(40, real));
    assertEquals(
        Optional.of(
            "39 samples cannot cover 2 modes with 20 each; use 40 or more, or lower min-count"),
        metric(20).warning(39, real));
  }

  @Test
  void refusesPointsOfOtherDimensions() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> metric(1).evaluate(evidence(MODES, Vectors.of(new double[6], 3))));
    assertEquals(
        "the modes have 2 dimensions, but generated examples have 3; compare with data of one shape",
        e.getMessage());
  }

  @Test
  void measuresByAnotherProtocolUnderNamesOfItsOwn() throws IOException {
    ModeCoverage metric = new ModeCoverage(2, 3, 1, Optional.of("papers"));
    Map<String, Double> numbers =
        metric.evaluate(evidence(MODES, Vectors.of(new double[] {0, 0, 9, 9}, 2)));
    assertEquals(
        Set.of(
            "papers-modes-covered",
            "papers-modes-total",
            "papers-high-quality-share",
            "papers-kl-to-uniform"),
        numbers.keySet());
    assertEquals(
        List.of("papers-modes-covered", "papers-modes-total", "papers-kl-to-uniform"),
        metric.measures(Optional.of(KnownExamples.ofClasses(3))).stream()
            .map(Measure::name)
            .toList());
    assertThrows(
        IllegalArgumentException.class, () -> new ModeCoverage(2, 3, 1, Optional.of("my Papers")));
  }

  private static ModeCoverage metric(int minCount) {
    return new ModeCoverage(2, 3, minCount, Optional.empty());
  }

  private static Map<String, Double> points(int minCount, double... points) throws IOException {
    return metric(minCount).evaluate(evidence(MODES, Vectors.of(points, 2)));
  }

  private static Map<String, Double> classes(int classes, int minCount, double... probabilities)
      throws IOException {
    return metric(minCount)
        .evaluate(
            FixedMetricInput.none()
                .with(Need.REAL, KnownExamples.ofClasses(classes))
                .with(Need.PROBABILITIES, Vectors.of(probabilities, classes)));
  }

  private static FixedMetricInput evidence(GaussianMixture modes, Vectors points) {
    return FixedMetricInput.none()
        .with(Need.REAL, KnownExamples.of(modes))
        .with(Need.VALUES, points);
  }
}
