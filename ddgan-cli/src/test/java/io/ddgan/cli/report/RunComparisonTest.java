package io.ddgan.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.cli.report.RunComparison.RunGroup;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunComparisonTest {

  private static final Measure FID = new Measure("fid", Better.LOWER);
  private static final Measure RECALL = new Measure("recall", Better.HIGHER);

  @Test
  void theBestMeanOfTheSeedsIsBest() {
    RunComparison comparison =
        comparison(
            run(Map.of("steps", "2"), "0", Map.of("fid", 1.0, "recall", 0.5)),
            run(Map.of("steps", "2"), "1", Map.of("fid", 9.0, "recall", 0.5)),
            run(Map.of("steps", "4"), "0", Map.of("fid", 4.0, "recall", 0.4)));
    assertEquals(List.of("steps=4"), best(comparison, FID));
    assertEquals(List.of("steps=2"), best(comparison, RECALL));
  }

  @Test
  void whatIsNotFiniteIsNeverBestAndKeepsNothingElseFromIt() {
    RunComparison comparison =
        comparison(
            run(Map.of("steps", "1"), "0", Map.of("fid", Double.NaN)),
            run(Map.of("steps", "2"), "0", Map.of("fid", Double.NEGATIVE_INFINITY)),
            run(Map.of("steps", "4"), "0", Map.of("fid", 4.0)),
            run(Map.of("steps", "8"), "0", Map.of()));
    assertEquals(List.of("steps=4"), best(comparison, FID));
  }

  @Test
  void aMeasureThatNoRunHasIsNotDrawn() throws IOException {
    RunComparison comparison =
        comparison(
            run(Map.of("steps", "1"), "0", Map.of("fid", Double.NaN)),
            run(Map.of("steps", "2"), "0", Map.of("fid", 3.0)));
    assertTrue(Charts.bars(comparison, FID).isPresent());
    assertTrue(Charts.lines("steps", FID, comparison.lines("steps")).isPresent());
    assertEquals(Optional.empty(), Charts.bars(comparison, RECALL));
    assertEquals(Optional.empty(), Charts.lines("steps", RECALL, comparison.lines("steps")));
    assertEquals(
        Optional.empty(),
        Charts.curves("loss", Map.of("steps=1", new TreeMap<>(Map.of(1L, Double.NaN)))));
  }

  @Test
  void linesGoThroughConfigurationsThatDifferInOneNumberAlone() {
    RunComparison comparison =
        comparison(
            run(Map.of("steps", "1", "loss.type", "hinge"), "0", Map.of()),
            run(Map.of("steps", "2", "loss.type", "hinge"), "0", Map.of()),
            run(Map.of("steps", "2", "loss.type", "wasserstein"), "0", Map.of()),
            run(Map.of("steps", "many", "loss.type", "hinge"), "0", Map.of()));
    assertEquals(List.of("loss=hinge"), List.copyOf(comparison.lines("steps").keySet()));
    assertEquals(2, comparison.lines("steps").get("loss=hinge").size());
    assertTrue(comparison.lines("loss.type").isEmpty());
  }

  @Test
  void drawnConfigurationsAreThePointsOfAPlot() throws IOException {
    RunComparison comparison =
        comparison(
            run(Map.of("steps", "1", "gamma", "0.3"), "0", Map.of("fid", 5.0)),
            run(Map.of("steps", "2", "gamma", "0.7"), "0", Map.of("fid", 4.0)));
    assertTrue(comparison.lines("gamma").isEmpty());
    assertTrue(Charts.points("gamma", FID, comparison.numeric("gamma")).isPresent());
  }

  @Test
  void configurationsOfOneNameAreToldApart() {
    RunComparison comparison =
        comparison(
            named("ours", run(Map.of("steps", "1"), "0", Map.of())),
            named("ours", run(Map.of("steps", "2"), "0", Map.of())));
    assertEquals(
        List.of("ours", "ours (2)"), comparison.groups().stream().map(RunGroup::label).toList());
  }

  private static RunComparison comparison(Run... runs) {
    List<RunComparison> all = RunComparison.of(List.of(runs));
    assertEquals(1, all.size());
    assertFalse(all.get(0).groups().isEmpty());
    return all.get(0);
  }

  private static List<String> best(RunComparison comparison, Measure measure) {
    return comparison.groups().stream()
        .filter(group -> comparison.isBest(group, measure))
        .map(RunGroup::label)
        .toList();
  }

  private static Run run(Map<String, String> keys, String seed, Map<String, Double> values) {
    return new Run(
        "run",
        Optional.empty(),
        seed,
        keys,
        List.of(FID, RECALL),
        values,
        10,
        new TreeMap<>(),
        Optional.empty(),
        Map.of());
  }

  private static Run named(String label, Run run) {
    return new Run(
        run.name(),
        Optional.of(label),
        run.seed(),
        run.keys(),
        run.measures(),
        run.values(),
        run.step(),
        run.curves(),
        run.picture(),
        run.provenance());
  }
}
