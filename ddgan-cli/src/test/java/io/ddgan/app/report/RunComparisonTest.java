package io.ddgan.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Metric.Measure;
import io.ddgan.app.report.RunComparison.RunGroup;
import io.ddgan.train.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunComparisonTest {

  private static final Measure FID = Measured.FID;
  private static final Measure RECALL = Measured.RECALL;

  /** Returns runs by {@code steps=value}; runs with equal steps have different seeds. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fid | 2=4.8 2=5.2 2=5.0 4=4.0 4=4.1 4=3.9 | steps=4",
        "recall | 2=0.5 2=0.52 2=0.51 4=0.4 4=0.41 4=0.39 | steps=2",
        "fid | 2=5.0 2=5.2 2=5.1 4=4.0 4=4.6 4=5.2 8=9.0 8=9.1 8=9.2 | steps=2 steps=4",
        "fid | 2=5.0 2=5.2 2=5.1 4=4.0 4=4.6 4=5.2 | ''", // the difference may be chance
        "fid | 2=4.8 2=5.2 4=1.0 4=1.1 8=9 | ''", // too few seeds
        "fid | 2=5.0 2=5.2 2=5.1 4=1.0 8=9.0 8=9.1 8=9.2 | ''", // the best may be chance
        "fid | 2=5.0 2=5.2 2=5.1 4=5.3 8=9.0 8=9.1 8=9.2 | steps=2",
        "fid | 1=NaN 1=NaN 1=NaN 3=1e200 3=2e200 3=3e200 4=4 4=4 4=4 8= | ''",
        "fid | 2=4 2=4 2=4 4=4 4=4 4=4 | ''",
        "fid | 2=4 2=4 2=4 4=5 4=5 4=5 | steps=2"
      })
  void bestMeansAreMarkedIfADifferenceIsKnown(String measure, String runs, String best) {
    Measure asked = measure.equals("fid") ? FID : RECALL;
    List<RunResults> all = new ArrayList<>();
    for (String run : runs.split(" ", -1)) {
      String[] parts = run.split("=", -1);
      Map<String, Double> values =
          parts[1].isEmpty() ? Map.of() : Map.of(asked.name(), Double.valueOf(parts[1]));
      all.add(run(Map.of("steps", parts[0]), Integer.toString(all.size()), values));
    }
    RunComparison comparison = comparison(all.toArray(RunResults[]::new));
    assertEquals(best, String.join(" ", best(comparison, asked)));
  }

  @Test
  void plotsMetricsOverASingleDifferingKey() {
    RunComparison comparison =
        comparison(
            run(Map.of("steps", "1"), "0", Map.of("classifier-fid", Double.NaN)),
            run(Map.of("steps", "2"), "0", Map.of("classifier-fid", 3.0)),
            run(Map.of("steps", "4"), "0", Map.of("classifier-fid", 2.0)),
            run(Map.of("steps", "8"), "0", Map.of("classifier-fid", 1.0)));
    XYPlot plot = Plots.over("steps", comparison, FID).orElseThrow().chart().getXYPlot();
    assertEquals(3, plot.getDataset().getItemCount(0), "a point for each finite number");
    assertEquals(Optional.empty(), Plots.over("steps", comparison, RECALL));
  }

  @Test
  void loggingKeysDoNotDistinguishConfigurations() {
    RunComparison comparison =
        comparison(
            run(Map.of("steps", "1", "evaluation.every", "10"), "0", Map.of()),
            run(
                Map.of("steps", "1", "training.sample-every", "5", "listeners", "journal"),
                "1",
                Map.of()));
    assertEquals(1, comparison.groups().size());
    assertEquals(List.of(), comparison.keys());
    assertEquals(
        List.of("evaluation.every", "listeners", "training.sample-every"),
        RunComparison.differing(comparison.runs()));
  }

  @Test
  void linesConnectConfigurationsThatDifferInOneNumber() {
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
  void repeatedRunOfASeedIsASeparateGroup() {
    RunComparison comparison =
        comparison(
            inFolder("runs/a", run(Map.of("steps", "2"), "0", Map.of("classifier-fid", 1.0))),
            inFolder("runs/again", run(Map.of("steps", "2"), "0", Map.of("classifier-fid", 9.0))),
            inFolder("runs/b", run(Map.of("steps", "2"), "1", Map.of("classifier-fid", 2.0))));
    assertEquals(List.of("0, 1", "0"), comparison.groups().stream().map(RunGroup::seeds).toList());
  }

  @Test
  void runsNextToTrialsKeepTheirNames() {
    assertEquals(
        List.of("runs/ours", "steps=4"),
        names(
            comparison(
                inFolder("runs/ours", run(Map.of("steps", "2"), "0", Map.of())),
                run(Map.of("steps", "4"), "0", Map.of()))));
  }

  @Test
  void plotsTheTrilemma() {
    RunComparison comparison =
        comparison(
            run(Map.of("steps", "1"), "0", measured(9, 0.1, 0.04)),
            run(Map.of("steps", "4"), "0", measured(2, 0.4, 0.36)),
            run(Map.of("steps", "4"), "1", measured(3, 0.4, 0.36)),
            run(Map.of("steps", "1000"), "0", measured(2, 100, 0.36)));
    XYPlot plot = Plots.trilemma(comparison).orElseThrow().chart().getXYPlot();
    assertEquals(3, plot.getSeriesCount(), "a dot for each configuration");
    assertEquals("steps=4 (classifier-recall 0.36)", plot.getDataset().getSeriesKey(1));
    assertEquals(0.4, plot.getDataset().getXValue(1, 0));
    assertEquals(2.5, plot.getDataset().getYValue(1, 0));
  }

  private static Map<String, Double> measured(double fid, double seconds, double recall) {
    return Map.of("classifier-fid", fid, "seconds-per-100", seconds, "classifier-recall", recall);
  }

  @Test
  void namesAreTruncated() {
    Map<String, String> many = new TreeMap<>();
    Map<String, String> others = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      many.put("generator.key-" + i, "1");
      others.put("generator.key-" + i, "2");
    }
    List<String> trials = names(comparison(run(many, "0", Map.of()), run(others, "0", Map.of())));
    assertTrue(trials.stream().allMatch(name -> name.length() == 60), trials.toString());
    assertEquals(
        List.of("here/runs/ours", "there/runs/ours"),
        names(
            comparison(
                inFolder("here/runs/ours", run(many, "0", Map.of())),
                inFolder("there/runs/ours", run(others, "0", Map.of())))));
  }

  @Test
  void configurationsOfEqualNamesAreNumbered() {
    RunComparison comparison =
        comparison(
            named("1", Optional.of("ours"), run(Map.of("steps", "1"), "0", Map.of())),
            named("1", Optional.of("ours"), run(Map.of("steps", "2"), "0", Map.of())));
    assertEquals(List.of("ours", "ours (2)"), names(comparison));
  }

  private static RunComparison comparison(RunResults... runs) {
    List<RunComparison> all = RunComparison.of(List.of(runs));
    assertEquals(1, all.size());
    assertFalse(all.get(0).groups().isEmpty());
    return all.get(0);
  }

  private static List<String> best(RunComparison comparison, Measure measure) {
    return comparison.groups().stream()
        .filter(group -> comparison.isBest(group, measure))
        .map(RunGroup::name)
        .toList();
  }

  private static List<String> names(RunComparison comparison) {
    return comparison.groups().stream().map(RunGroup::name).toList();
  }

  /** A trial of a sweep. */
  private static RunResults run(Map<String, String> keys, String seed, Map<String, Double> values) {
    return new RunResults(
        new RunFolder(Path.of("nowhere")),
        "0123456789",
        Optional.empty(),
        seed,
        keys,
        Measured.run(values, Long.parseLong(seed)),
        Map.of(),
        Map.of());
  }

  private static RunResults inFolder(String name, RunResults run) {
    return named(name, Optional.empty(), run);
  }

  private static RunResults named(String name, Optional<String> label, RunResults run) {
    return new RunResults(
        run.folder(), name, label, run.seed(), run.keys(), run.measured(), Map.of(), Map.of());
  }
}
