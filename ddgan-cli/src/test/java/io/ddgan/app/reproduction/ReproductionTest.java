package io.ddgan.app.reproduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  private static final TensorComparison NOTHING = new TensorComparison("columns", new TreeMap<>());

  @Test
  void aDifferenceIsRelativeToTheLargestNumberOfItsTensor() {
    Deviation deviation = deviation(tensor(4, 0, 1e-9f), tensor(4, 1, -1e-9f));
    assertEquals(new Deviation(false, 0.25), deviation);
    assertTrue(deviation.isWithin(0.25));
    assertFalse(deviation.isWithin(0.24));
  }

  @Test
  void bitsDecideWhatIsEqual() {
    assertEquals(Deviation.NONE, deviation(tensor(Float.NaN, 1), tensor(Float.NaN, 1)));
    Deviation sign = deviation(tensor(0, 1), tensor(-0f, 1));
    assertEquals(new Deviation(false, 0), sign);
    assertFalse(sign.isWithin(0));
  }

  @Test
  void whatIsMissingMisshapenOrNotFiniteIsAsFarAsCanBe() {
    assertEquals(Deviation.INCOMPARABLE, deviation(tensor(1, 2), tensor(1, Float.NaN)));
    assertEquals(Deviation.INCOMPARABLE, deviation(tensor(1, 2), tensor(1, 2, 3)));
    assertEquals(
        Map.of("net: a", Deviation.INCOMPARABLE),
        TensorComparison.ofCheckpoints(checkpoint(Map.of("a", tensor(1))), checkpoint(Map.of()))
            .deviations());
  }

  @Test
  void theTensorsThatDifferAreListedTheFurthestFirst() {
    TensorComparison comparison =
        TensorComparison.ofCheckpoints(
            checkpoint(Map.of("a", tensor(1), "b", tensor(4), "c", tensor(4))),
            checkpoint(Map.of("a", tensor(1), "b", tensor(3), "c", tensor(2))));
    assertEquals(
        List.of("net: c", "net: b"),
        comparison.differing().stream().map(Map.Entry::getKey).toList());
    assertEquals(3, comparison.deviations().size());
  }

  @Test
  void columnsThatMeasureTimeAreNotCompared() {
    TensorComparison comparison =
        TensorComparison.ofNumbers(
            Map.of("loss", column(1, 2), "examples-per-second", column(5, 6)),
            Map.of("loss", column(1, 2), "seconds-per-100", column(5, 7)));
    assertEquals(Map.of("loss", Deviation.NONE), comparison.deviations());
  }

  @Test
  void theVerdictNamesWhatDiffers() {
    TensorComparison tensors =
        TensorComparison.ofCheckpoints(
            checkpoint(Map.of("a", tensor(4))), checkpoint(Map.of("a", tensor(3))));
    String hash = "0123456789abcdef".repeat(4);
    List<Difference> environment =
        List.of(
            new Difference("jars.ddgan-api.content", hash, hash.replace('0', '1')),
            new Difference("revision", hash.substring(0, 40) + "-dirty", "unknown"));
    assertEquals(
        "not bit for bit: weights differ by up to 2.5e-01 (net: a), metrics are equal; "
            + "the environment differs in: revision 0123456789ab-dirty -> unknown, jars of ddgan-api",
        new Reproduction(tensors, NOTHING, environment, 0.2).verdict());
    assertEquals(
        "reproduced within 0.3: weights differ by up to 2.5e-01 (net: a), metrics are equal; "
            + "the environment is the same",
        new Reproduction(tensors, NOTHING, List.of(), 0.3).verdict());
  }

  @Test
  void theReportIsJsonEvenWhereNumbersCannotBeCompared() {
    TensorComparison tensors =
        TensorComparison.ofCheckpoints(checkpoint(Map.of("a", tensor(4))), checkpoint(Map.of()));
    Map<String, Object> report =
        Json.parse(new Reproduction(tensors, NOTHING, List.of(), 0).json("runs/a"));
    assertEquals(
        Map.of("compared", 1, "relative-differences", Map.of("net: a", "incomparable")),
        report.get("weights"));
    assertEquals(false, report.get("accepted"));
  }

  private static Deviation deviation(Tensor original, Tensor copy) {
    return Deviation.of(original, copy);
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
