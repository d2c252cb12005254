package io.ddgan.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.inject.Guice;
import io.ddgan.app.report.RunComparison.RunGroup;
import io.ddgan.app.sweep.SweepFolder;
import io.ddgan.contract.DamagedFiles;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.file.Json;
import io.ddgan.internal.plugin.Plugins;
import io.ddgan.train.run.MetricsCsv;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs read from their folders. */
class RunsReaderTest {

  private static final String KEY = "init-from";

  @TempDir private Path folder;

  @Test
  void trialsStartedFromTrialsAreGroupedBySeed() throws IOException {
    SweepFolder sweep = new SweepFolder(folder);
    Files.writeString(sweep.file(), "base = gaussians-25");
    plan(sweep, Map.of("a", "first", "b", "second"));
    write(sweep.run("aaaaaaaaa0"), "seed = 0", Optional.empty());
    write(sweep.run("aaaaaaaaa1"), "seed = 1", Optional.empty());
    for (int seed : List.of(0, 1)) { // a path from before the sweep was moved
      String source = "/elsewhere/runs/aaaaaaaaa" + seed;
      String configuration = "seed = %d, init-from = \"%s\"".formatted(seed, source);
      write(sweep.run("bbbbbbbbb" + seed), configuration, Optional.of(source));
    }
    RunComparison comparison = compared(List.of(folder));
    assertEquals(List.of(KEY), comparison.keys());
    assertEquals(
        List.of("first 0, 1", "second 0, 1"),
        comparison.groups().stream().map(g -> g.name() + " " + g.seeds()).toList());
    assertEquals("first", comparison.groups().get(1).value(KEY));
  }

  @Test
  void initialWeightsByKeyAndOptionAreEqual() throws IOException {
    Path byKey = folder.resolve("by-key");
    Path byOption = folder.resolve("by-option");
    write(new RunFolder(byKey), "seed = 0, init-from = runs/a", Optional.of("runs/a"));
    write(new RunFolder(byOption), "seed = 1", Optional.of("runs/a"));
    List<RunGroup> groups = compared(List.of(byKey, byOption)).groups();
    assertEquals(1, groups.size());
    assertEquals("runs/a@5", groups.get(0).value(KEY));
  }

  @Test
  void keysNewerThanARunHaveTheirDefaults() throws IOException {
    write(new RunFolder(folder.resolve("older")), "seed = 0", Optional.empty());
    write(
        new RunFolder(folder.resolve("newer")),
        "seed = 1, objective.reconstruction-weighting = none",
        Optional.empty());
    write(
        new RunFolder(folder.resolve("other")),
        "seed = 0, objective.reconstruction-weighting = signal",
        Optional.empty());
    RunComparison comparison =
        compared(
            List.of(folder.resolve("older"), folder.resolve("newer"), folder.resolve("other")));
    assertEquals(List.of("objective.reconstruction-weighting"), comparison.keys());
    assertEquals(
        List.of("none", "signal"),
        comparison.groups().stream()
            .map(group -> group.value("objective.reconstruction-weighting"))
            .toList());
  }

  /** Two finished trials of each label. */
  private static void plan(SweepFolder sweep, Map<String, String> labels) throws IOException {
    Path trials = Files.createDirectories(sweep.root().resolve("trials"));
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String letter : new TreeMap<>(labels).keySet()) {
      for (int seed = 0; seed < 2; seed++) {
        String name = letter.repeat(9) + seed;
        rows.add(
            Map.of(
                "name", name,
                "configuration", letter,
                "label", labels.get(letter),
                "description", name,
                "values", List.of(labels.get(letter)),
                "seed", seed,
                "measures", List.of()));
        Files.writeString(
            trials.resolve(name + ".json"), Json.checked(Map.of("state", "done", "seconds", 1.0)));
      }
    }
    Files.writeString(
        trials.resolve("plan.json"),
        Json.checked(Map.of("distinctions", List.of("label"), "trials", rows)));
  }

  private static void write(RunFolder run, String configuration, Optional<String> source)
      throws IOException {
    Files.createDirectories(run.root());
    Files.writeString(
        run.experiment(),
        "include classpath(\"presets/gaussians-25.conf\")\n%s\n".formatted(configuration));
    Map<String, Object> facts =
        source
            .<Map<String, Object>>map(
                from ->
                    Map.of(
                        Provenance.EVALUATIONS,
                        4,
                        Provenance.INITIALISED_FROM,
                        Map.of("run", from, "step", 5)))
            .orElse(Map.of());
    new Provenance(facts, List.of()).write(run.provenance());
    MetricsCsv.resume(run.metrics(), List.of("loss"), 0).close();
  }

  private static RunComparison compared(List<Path> folders) throws IOException {
    try (Plugins plugins = Plugins.load(Optional.empty())) {
      RunsReader reader = Guice.createInjector(plugins).getInstance(RunsReader.class);
      reader.read(folders);
      return RunComparison.of(reader.runs()).get(0);
    }
  }

  private static Map<String, String> keys(String experiment) {
    return new TreeMap<>(RunsReader.flat(Hocon.text(experiment, "experiment.conf")));
  }

  @Test
  void firstOfSeveralComponentsHasTheKeysOfASingleOne() {
    Map<String, String> single = Map.of("penalty.type", "r1", "penalty.gamma", "2");
    assertEquals(single, keys("penalty { type = r1, gamma = 2 }"));
    assertEquals(single, keys("penalty = [{ type = r1, gamma = 2 }]"));
    Map<String, String> both = new TreeMap<>(single);
    both.putAll(Map.of("penalty[1].type", "wgan-gp", "penalty[1].every", "4"));
    assertEquals(both, keys("penalty = [{ type = r1, gamma = 2 }, { type = wgan-gp, every = 4 }]"));
    assertEquals(
        Map.of("channel-multipliers", "[1,2]"), keys("channel-multipliers = [1, 2]"), "numbers");
  }

  @Test
  void damagedRunsAreReportedOrRead() throws IOException {
    RunFolder run = new RunFolder(folder);
    write(run, "", Optional.of("a"));
    try (Plugins plugins = Plugins.load(Optional.empty())) {
      var injector = Guice.createInjector(plugins);
      DamagedFiles.check(
          run.provenance(),
          250,
          1L << 30,
          () -> injector.getInstance(RunsReader.class).read(List.of(folder)));
    }
  }
}
