package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.cli.ChildProcess.Outcome;
import io.ddgan.internal.plugin.PluginJar;
import io.ddgan.train.run.MetricsCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Stops trainings before their end in different ways. */
@Tag("slow")
class InterruptedTrainingTest {

  private static final int ITERATIONS = 300;

  private static final String EXPERIMENT =
      """
      training { steps = %d, log-every = 7, checkpoint-every = 25 }
      evaluation {
        every = 100
        metrics = [{ type = modes, samples = 100 }, { type = fid, samples = 100 }]
        keep-best = identity-fid
      }
      """
          .formatted(ITERATIONS);

  @TempDir private static Path undisturbed;

  @TempDir Path folder;

  @BeforeAll
  static void trainUndisturbed() throws IOException {
    PointsExperiment.train(undisturbed, EXPERIMENT, "whole");
  }

  @BeforeEach
  void writeExperiment() throws IOException {
    PointsExperiment.write(folder, EXPERIMENT);
    FileUtils.copyDirectory(
        undisturbed.resolve("whole").toFile(), folder.resolve("whole").toFile());
  }

  @Test
  void runKilledAtRandomMomentsEndsWithTheSameBytes() throws IOException, InterruptedException {
    ChildProcess process = train("killed");
    awaitCheckpoint("killed", process);
    Thread.sleep(RandomGenerator.getDefault().nextInt(100));
    assertTrue(process.isAlive(), "it has ended before it could be killed");
    process.kill();
    Outcome outcome = resumeHere("killed");
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertEquals(content("whole", "checkpoints"), content("killed", "checkpoints"));
    assertEquals(content("whole", "best"), content("killed", "best"));
    assertEquals(rows("whole"), rows("killed"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void secondProcessIsRefusedAndInterruptSavesAndResumes()
      throws IOException, InterruptedException {
    ChildProcess process = train("stopped");
    awaitCheckpoint("stopped", process);
    process.pause(); // or a fast one ends first
    assertIsInUse("stopped", process);
    process.goOn();
    process.interrupt();
    Outcome stopped = process.await();
    assertEquals(130, stopped.exitCode());
    String last = stopped.lines().get(stopped.lines().size() - 1);
    assertTrue(
        last.matches("saved step \\d+ of 300; resume with: ddgan train --resume --run stopped"),
        stopped.toString());

    assertEquals(0, resumeHere("stopped").exitCode());
    assertEquals(finalWeights("whole"), finalWeights("stopped"));
    assertEquals(rows("whole"), rows("stopped"));
  }

  private void assertIsInUse(String run, ChildProcess process) {
    Outcome second = resumeHere(run);
    assertEquals(75, second.exitCode());
    String last = second.lines().get(second.lines().size() - 1);
    assertTrue(
        last.startsWith(
            "ddgan: the run %s is in use by process %d; wait for it to end, "
                .formatted(folder.resolve(run), process.pid())),
        second.toString());
  }

  private void awaitCheckpoint(String run, ChildProcess process)
      throws IOException, InterruptedException {
    while (process.isAlive() && checkpoints(run).isEmpty()) {
      Thread.sleep(1);
    }
  }

  private ChildProcess train(String run) throws IOException {
    return ChildProcess.start(folder, "train", "points.conf", "--run", run);
  }

  /** Resumes the run in this process. */
  private Outcome resumeHere(String run) {
    return Outcome.here("train", "--resume", "--run", folder.resolve(run).toString());
  }

  private List<String> checkpoints(String run) throws IOException {
    Path store = folder.resolve(run).resolve("checkpoints");
    if (!Files.isDirectory(store)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(store)) {
      return entries
          .map(p -> p.getFileName().toString())
          .filter(n -> !n.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private Map<String, Integer> finalWeights(String run) throws IOException {
    return content(run, "checkpoints/%08d".formatted(ITERATIONS));
  }

  /** Returns the hash of every file by path within the run. */
  private Map<String, Integer> content(String run, String part) throws IOException {
    Path root = folder.resolve(run).resolve(part);
    Map<String, Integer> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(root.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    assertTrue(content.size() > 3, content.toString());
    return content;
  }

  /** Returns the metrics without times, and the evaluations during training. */
  private List<String> rows(String run) throws IOException {
    List<String> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(folder.resolve(run).resolve("metrics.csv"));
    for (String line : lines) {
      List<String> cells = List.of(line.split(",", -1));
      rows.add(String.join(",", cells.subList(0, cells.size() - 2)));
    }
    assertTrue(lines.get(0).endsWith(",examples-per-second,seconds"), lines.get(0));
    Collection<Double> seconds =
        MetricsCsv.read(folder.resolve(run).resolve("metrics.csv")).get("seconds").values();
    assertEquals(seconds.stream().sorted().distinct().toList(), List.copyOf(seconds));
    assertEquals(1 + (ITERATIONS / 7 + 1), rows.size());
    List<String> measured =
        Files.readAllLines(folder.resolve(run).resolve("evaluation.csv")).stream()
            .sorted()
            .toList();
    assertEquals(0, (measured.size() - 1) % (ITERATIONS / 100));
    rows.addAll(measured);
    return rows;
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void secondInterruptEndsAtOnce() throws IOException, InterruptedException {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    new PluginJar()
        .source(
            "acme.Endless",
            """
            import io.ddgan.api.TrainingListener;
            public record Endless() implements io.ddgan.api.ListenerFactory {
              public TrainingListener open(java.nio.file.Path run) {
                return new TrainingListener() {
                  public void onTrainStart(long first, long total) {
                    run.resolve("begun").toFile().mkdir();
                    while (true) {
                      try { Thread.sleep(1000); } catch (InterruptedException e) { }
                    }
                  }
                };
              }
            }
            """)
        .plugin(
            "acme.EndlessPlugin",
            "",
            "contributions.add(ComponentKind.LISTENER, \"endless\", \"\", Endless.class);")
        .write(plugins.resolve("endless.jar"));
    ChildProcess training =
        ChildProcess.start(
            folder,
            List.of("-Dddgan.plugins=" + plugins),
            "train",
            "gaussians-25",
            "listeners=[endless]",
            "data.points-per-mode=2",
            "evaluation.metrics=[]",
            "--run",
            "run");
    while (!Files.exists(folder.resolve("run/begun")) && training.isAlive()) {
      Thread.sleep(50);
    }
    for (int i = 0; i < 2; i++) {
      training.interrupt();
      Thread.sleep(300); // two at once may arrive as one
    }
    Outcome outcome = training.await();
    assertEquals(130, outcome.exitCode());
    assertTrue(
        outcome.lines().contains("ddgan: ended at once; saved files are intact"),
        outcome::toString);
  }
}
