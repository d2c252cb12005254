package io.ddgan.app.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.app.training.Reproduction.Comparison;
import io.ddgan.internal.file.Json;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.run.Environment.Difference;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReproductionTest {

  private static final Comparison NOTHING = new Comparison("columns", 0, Map.of());
  private static final double INCOMPARABLE = Double.POSITIVE_INFINITY;

  @Test
  void differencesAreRelativeToTheLargestNumber() {
    Comparison comparison = compare(Map.of("a", tensor(4, 0, 1)), Map.of("a", tensor(4, 1, -1)));
    assertEquals(Map.of("net: a", 0.5), comparison.differing());
    assertTrue(comparison.isWithin(0.5));
    assertFalse(comparison.isWithin(0.49));
  }

  @Test
  void equalityIsBitForBit() {
    Map<String, Tensor> original = Map.of("a", tensor(Float.NaN, 1), "b", tensor(0, 1));
    Map<String, Tensor> copy = Map.of("a", tensor(Float.NaN, 1), "b", tensor(-0f, 1));
    Comparison sign = compare(original, copy);
    assertEquals(Map.of("net: b", 0.0), sign.differing());
    assertFalse(sign.isWithin(0));
    assertTrue(compare(original, original).isWithin(0));
  }

  @Test
  void missingMisshapenOrNonFiniteItemsDifferInfinitely() {
    Map<String, Tensor> original =
        Map.of(
            "a", tensor(1, 2), "b", tensor(1, 2), "c", tensor(4), "d", tensor(4), "e", tensor(1));
    Map<String, Tensor> copy =
        Map.of(
            "a",
            tensor(1, Float.NaN),
            "b",
            tensor(1),
            "c",
            tensor(3),
            "d",
            tensor(2),
            "f",
            tensor(1));
    Comparison comparison = compare(original, copy);
    double far = INCOMPARABLE;
    assertEquals(
        Map.of(
            "net: a", far, "net: b", far, "net: c", 0.25, "net: d", 0.5, "net: e", far, "net: f",
            far),
        comparison.differing());
    assertEquals("net: a", comparison.furthest().orElseThrow().getKey());
  }

  @Test
  void timesAreNotCompared() {
    Comparison comparison =
        Comparison.ofNumbers(
            Map.of(
                "loss", column(1, 2), "examples-per-second", column(5, 6), "seconds", column(1, 2)),
            Map.of("loss", column(1, 2), "seconds-per-100", column(5, 7)));
    assertEquals(new Comparison("columns", 1, Map.of()), comparison);
  }

  @Test
  void verdictNamesTheDifferences() {
    Comparison tensors = compare(Map.of("a", tensor(4)), Map.of("a", tensor(3)));
    Difference revision =
        new Difference("revision", "0123456789abcdef0123456789abcdef01234567-dirty", "unknown");
    String verdict = new Reproduction(tensors, NOTHING, List.of(revision), 0.2).verdict();
    assertTrue(verdict.startsWith("not bit for bit: weights differ by up to 2.5e-01 (net: a)"));
    assertTrue(verdict.endsWith("revision 0123456789ab-dirty -> unknown"), verdict);
    assertTrue(
        new Reproduction(tensors, NOTHING, List.of(), 0.3)
            .verdict()
            .startsWith("reproduced within 0.3: "));
  }

  @Test
  void reportIsJsonWithIncomparableNumbers() {
    Comparison tensors = compare(Map.of("a", tensor(4), "b", tensor(4)), Map.of("b", tensor(3)));
    Map<String, Object> report =
        Json.parse(new Reproduction(tensors, NOTHING, List.of(), 0).json("runs/a"));
    assertEquals(
        Map.of("net: a", "incomparable", "net: b", 0.25),
        ((Map<?, ?>) report.get("weights")).get("relative-differences"));
    assertEquals(false, report.get("accepted"));
  }

  private static Comparison compare(Map<String, Tensor> original, Map<String, Tensor> copy) {
    return Comparison.ofCheckpoints(checkpoint(original), checkpoint(copy));
  }

  private static Tensor tensor(float... values) {
    return Tensor.of(List.of((long) values.length), values);
  }

  private static Checkpoint checkpoint(Map<String, Tensor> tensors) {
    return new Checkpoint(7, Map.of("net", new Safetensors(tensors)));
  }

  private static SortedMap<Long, Double> column(double first, double second) {
    return new TreeMap<>(Map.of(0L, first, 10L, second));
  }
}
