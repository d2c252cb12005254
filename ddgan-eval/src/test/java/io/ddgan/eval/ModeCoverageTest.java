package io.ddgan.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.Modes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModeCoverageTest {

  private static final Modes MODES =
      new Modes(List.of(List.of(0.0, 0.0), List.of(1.0, 0.0), List.of(0.0, 1.0)), 0.1);
  private static final Examples REAL = new Points(Optional.of(MODES), 0, 0);

  @Test
  void perfectSamplesCoverAllModesEvenly() throws IOException {
    assertEquals(
        Map.of(
            "modes-covered", 3.0,
            "modes-total", 3.0,
            "high-quality-share", 1.0,
            "kl-to-uniform", 0.0),
        evaluate(1, 0, 0, 1, 0, 0, 1));
  }

  @Test
  void namesTheNumbersInAFixedOrder() throws IOException {
    assertEquals(
        List.of("modes-covered", "modes-total", "high-quality-share", "kl-to-uniform"),
        List.copyOf(evaluate(1, 0, 0).keySet()));
  }

  @Test
  void samplesOfOneModeAreFarFromUniform() throws IOException {
    Map<String, Double> values = evaluate(1, 0, 0, 0.05f, 0, -0.1f, 0.1f);
    assertEquals(1, values.get("modes-covered"));
    assertEquals(Math.log(3), values.get("kl-to-uniform"), 1e-12);
  }

  @Test
  void distanceIsEuclideanAndMeasuredInDeviations() throws IOException {
    Map<String, Double> values = evaluate(1, 0.29f, 0, 0.22f, 0.22f, 1.31f, 0, 0, 0.5001f);
    assertEquals(1, values.get("modes-covered"), "the others only come near");
    assertEquals(0.25, values.get("high-quality-share"));
  }

  @Test
  void theHistogramCountsAllSamples() throws IOException {
    Map<String, Double> values = evaluate(1, 0, 0, 5, 0, 0, 5);
    assertEquals(1, values.get("modes-covered"));
    assertEquals(0, values.get("kl-to-uniform"), 1e-12);
  }

  @Test
  void aModeIsCoveredByAsManyGoodSamplesAsAreAskedFor() throws IOException {
    assertEquals(1, evaluate(2, 0, 0, 0, 0, 1, 0).get("modes-covered"));
  }

  @Test
  void wantsDataWithKnownModes() {
    Examples unknown = new Points(Optional.empty(), 0, 0);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ModeCoverage(1, 3, 1).evaluate(unknown, unknown));
    assertEquals(
        "mode-coverage needs data whose modes are known, such as gaussians-25", e.getMessage());
  }

  @Test
  void refusesSamplesThatAreNotFinite() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> evaluate(1, 0, 0, Float.NaN, 1));
    assertEquals("generated example 1 is not finite: [NaN, 1.0]", e.getMessage());
  }

  private static Map<String, Double> evaluate(int minCount, float... points) throws IOException {
    Examples generated = new Points(Optional.empty(), points);
    return new ModeCoverage(points.length / 2, 3, minCount).evaluate(generated, REAL);
  }

  private static final class Points implements Examples {

    private final Optional<Modes> modes;
    private final float[] values;

    Points(Optional<Modes> modes, float... values) {
      this.modes = modes;
      this.values = values;
    }

    @Override
    public DataShape shape() {
      return DataShape.point(2);
    }

    @Override
    public int size() {
      return values.length / 2;
    }

    @Override
    public void read(int index, float[] out, int offset) {
      System.arraycopy(values, 2 * index, out, offset, 2);
    }

    @Override
    public Optional<Modes> modes() {
      return modes;
    }
  }
}
