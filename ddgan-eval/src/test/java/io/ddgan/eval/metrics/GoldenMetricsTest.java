package io.ddgan.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.Metric;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.Vectors;
import io.ddgan.contract.FixedMetricInput;
import io.ddgan.internal.file.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of NumPy and SciPy in float64. */
class GoldenMetricsTest {

  private static final int FEATURES = 32;

  private final Map<String, double[]> arrays = arrays();
  private final Map<String, Object> golden = golden();

  @Test
  void frechetDistance() throws IOException {
    assertClose(number("fid"), fid(array("fake"), array("real")));
    assertClose(number("fid"), fid(array("real"), array("fake")));
  }

  @Test
  void frechetDistanceOfASingularCovariance() throws IOException {
    double[] few = Arrays.copyOf(array("real"), 20 * FEATURES);
    assertClose(number("fid_singular"), fid(array("fake"), few));
    assertClose(number("fid_singular"), fid(few, array("fake")));
  }

  @Test
  void frechetDistanceOfASetFromItself() throws IOException {
    assertEquals(number("fid_self"), fid(array("real"), array("real")), 1e-10);
  }

  /** It is the estimate over both sets as a whole, which differ in size. */
  @Test
  void kernelDistance() throws IOException {
    Map<String, Double> values = evaluate(new KernelDistance(500, 100, 600));
    assertClose(number("kid"), values.get("kid"));
    assertEquals(0, values.get("kid-std"));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void precisionRecallDensityAndCoverage(int neighbours) throws IOException {
    List<Double> expected = numbers("precision_recall_density_coverage_k" + neighbours);
    Map<String, Double> values = evaluate(new PrecisionRecall(500, neighbours));
    assertClose(expected.get(0), values.get("precision"));
    assertClose(expected.get(1), values.get("recall"));
    values = evaluate(new DensityCoverage(500, neighbours));
    assertClose(expected.get(2), values.get("density"));
    assertClose(expected.get(3), values.get("coverage"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10_splits", "1_split"})
  void inceptionScore(String splits) throws IOException {
    List<Double> expected = numbers("inception_score_" + splits);
    int parts = Integer.parseInt(splits.replaceAll("_.*", ""));
    Map<String, Double> values =
        new InceptionScore(500, parts)
            .evaluate(
                FixedMetricInput.none().with(Need.PROBABILITIES, Vectors.of(array("probs"), 10)));
    assertClose(expected.get(0), values.get("inception-score"));
    assertEquals(expected.get(1), values.get("inception-score-std"), 1e-9);
  }

  @Test
  void stackedModes() throws IOException {
    double[] codes = array("codes");
    double[] probabilities = new double[codes.length * 1000];
    for (int i = 0; i < codes.length; i++) {
      probabilities[i * 1000 + (int) codes[i]] = 1;
    }
    Map<String, Double> values =
        new ModeCoverage(3000, 3, 1, Optional.empty())
            .evaluate(
                FixedMetricInput.none()
                    .with(Need.REAL, KnownExamples.ofClasses(1000))
                    .with(Need.PROBABILITIES, Vectors.of(probabilities, 1000)));
    assertEquals(number("stacked_modes"), values.get("modes-covered"));
    assertClose(number("stacked_kl_to_uniform"), values.get("kl-to-uniform"));
  }

  private static double fid(double[] generated, double[] real) throws IOException {
    return new FrechetDistance(500)
        .evaluate(
            FixedMetricInput.ofFeatures(
                Vectors.of(generated, FEATURES), Vectors.of(real, FEATURES)))
        .get("fid");
  }

  private Map<String, Double> evaluate(Metric metric) throws IOException {
    return metric.evaluate(
        FixedMetricInput.ofFeatures(
            Vectors.of(array("fake"), FEATURES), Vectors.of(array("real"), FEATURES)));
  }

  private static void assertClose(double expected, double actual) {
    assertEquals(expected, actual, 1e-6 * Math.abs(expected));
  }

  private double[] array(String name) {
    return arrays.get(name);
  }

  private double number(String name) {
    return ((Number) golden.get(name)).doubleValue();
  }

  private List<Double> numbers(String name) {
    return ((List<?>) golden.get(name))
        .stream().map(value -> ((Number) value).doubleValue()).toList();
  }

  private static Map<String, Object> golden() {
    return Json.parse(new String(resource("metrics.json"), StandardCharsets.UTF_8));
  }

  private static Map<String, double[]> arrays() {
    Map<String, double[]> arrays = new HashMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(resource("metrics.npz")))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        arrays.put(entry.getName().replace(".npy", ""), array(zip.readAllBytes()));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return arrays;
  }

  /** A little-endian array of float64 or int64. */
  private static double[] array(byte[] npy) {
    ByteBuffer buffer = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
    int header = 10 + buffer.getShort(8);
    boolean integers = new String(npy, 0, header, StandardCharsets.ISO_8859_1).contains("<i8");
    double[] values = new double[(npy.length - header) / Double.BYTES];
    buffer.position(header);
    Arrays.setAll(values, i -> integers ? buffer.getLong() : buffer.getDouble());
    return values;
  }

  private static byte[] resource(String name) {
    try (InputStream in = GoldenMetricsTest.class.getResourceAsStream("/golden/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
