package io.ddgan.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.Metric;
import io.ddgan.api.Vectors;
import io.ddgan.contract.Draws;
import io.ddgan.contract.FixedMetricInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Precision, recall, density and coverage, against distances that are computed one by one. */
class NeighbourhoodTest {

  private static final int SIZE = 3;

  /** The larger sets take several blocks, the last of which is not full. */
  @ParameterizedTest
  @CsvSource({"6, 9, 1", "9, 6, 5", "40, 30, 3", "1300, 1100, 3", "1024, 1025, 5"})
  void agreeWithAllDistances(int generated, int real, int neighbours) throws IOException {
    assertAgrees(
        Draws.normal("generated", generated, SIZE, 0.4, 0.8),
        Draws.normal("real", real, SIZE, 0, 1),
        neighbours);
  }

  /** Whole numbers, so that many distances are equal and many vectors are. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void agreeWithAllDistancesOfDuplicates(int neighbours) throws IOException {
    assertAgrees(
        rounded(Draws.normal("generated", 200, SIZE, 0, 2)),
        rounded(Draws.normal("real", 150, SIZE, 0, 1)),
        neighbours);
  }

  @Test
  void lieAsCloseFarFromZero() throws IOException {
    double[] generated = Draws.normal("generated", 60, SIZE, 0.4, 0.8);
    double[] real = Draws.normal("real", 50, SIZE, 0, 1);
    assertEquals(all(generated, real, 3), all(moved(generated), moved(real), 3));
  }

  @Test
  void copiesOfTheDataLieWithin() throws IOException {
    double[] real = Draws.normal("real", 50, SIZE, 1e3, 1);
    Map<String, Double> values = all(real, real, 3);
    assertEquals(1, values.get("precision"));
    assertEquals(1, values.get("recall"));
    assertEquals(1, values.get("coverage"));
    assertEquals(4 / 3.0, values.get("density"), 1e-12, "each ball has its centre and 3 others");
  }

  @Test
  void equalExamplesHaveBallsWithoutExtent() throws IOException {
    double[] same = new double[5 * SIZE];
    Arrays.fill(same, 0.1);
    double[] others = same.clone();
    others[0] = 0.1000001;
    Map<String, Double> values = all(others, same, 3);
    assertEquals(4 / 5.0, values.get("precision"));
    assertEquals(1, values.get("coverage"));
    assertEquals(4 / 5.0 * 5 / 3, values.get("density"), 1e-12);
  }

  private static FixedMetricInput evidence(double[] generated, double[] real) {
    return FixedMetricInput.none()
        .with(Metric.Need.FEATURES, Vectors.of(generated, SIZE))
        .with(Metric.Need.REAL_FEATURES, Vectors.of(real, SIZE));
  }

  private static Map<String, Double> all(double[] generated, double[] real, int neighbours)
      throws IOException {
    FixedMetricInput evidence = evidence(generated, real);
    Map<String, Double> values =
        new HashMap<>(new PrecisionRecall(2, neighbours).evaluate(evidence));
    values.putAll(new DensityCoverage(2, neighbours).evaluate(evidence));
    return values;
  }

  private static double[] moved(double[] values) {
    return Arrays.stream(values).map(x -> x + 0x1p20).toArray();
  }

  private static double[] rounded(double[] values) {
    return Arrays.stream(values).map(Math::rint).toArray();
  }

  private static void assertAgrees(double[] generated, double[] real, int k) throws IOException {
    int n = real.length / SIZE;
    int m = generated.length / SIZE;
    double[] aroundReal = radii(real, k);
    double[] aroundGenerated = radii(generated, k);
    double[][] distances = new double[n][m];
    IntStream.range(0, n)
        .forEach(i -> Arrays.setAll(distances[i], j -> distance(real, i, generated, j)));
    double precise =
        IntStream.range(0, m)
            .filter(j -> IntStream.range(0, n).anyMatch(i -> distances[i][j] <= aroundReal[i]))
            .count();
    double recalled =
        IntStream.range(0, n)
            .filter(i -> IntStream.range(0, m).anyMatch(j -> distances[i][j] <= aroundGenerated[j]))
            .count();
    int[] members =
        IntStream.range(0, n)
            .map(i -> (int) Arrays.stream(distances[i]).filter(d -> d <= aroundReal[i]).count())
            .toArray();
    Map<String, Double> values = all(generated, real, k);
    assertEquals(precise / m, values.get("precision"));
    assertEquals(recalled / n, values.get("recall"));
    assertEquals(Arrays.stream(members).sum() / (double) k / m, values.get("density"), 1e-12);
    assertEquals(
        Arrays.stream(members).filter(c -> c > 0).count() / (double) n, values.get("coverage"));
  }

  private static double[] radii(double[] values, int k) {
    int count = values.length / SIZE;
    return IntStream.range(0, count)
        .mapToDouble(
            i ->
                IntStream.range(0, count)
                    .filter(j -> j != i)
                    .mapToDouble(j -> distance(values, i, values, j))
                    .sorted()
                    .skip(k - 1)
                    .findFirst()
                    .orElseThrow())
        .toArray();
  }

  private static double distance(double[] a, int i, double[] b, int j) {
    double square = 0;
    for (int d = 0; d < SIZE; d++) {
      double difference = a[i * SIZE + d] - b[j * SIZE + d];
      square += difference * difference;
    }
    return square;
  }
}
