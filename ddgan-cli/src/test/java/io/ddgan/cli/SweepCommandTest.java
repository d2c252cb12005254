package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.cli.ChildProcess.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps with real processes. A weight of 1e300 makes a trial fail. */
@Tag("slow")
class SweepCommandTest {

  /** The sweep of most tests, run once. */
  @TempDir static Path undisturbed;

  private static Optional<Outcome> itsOutcome = Optional.empty();

  @TempDir Path folder;

  @BeforeEach
  void writeSweep() throws IOException {
    PointsExperiment.write(
        folder, "training { steps = 40, log-every = 20, checkpoint-every = 10 }");
    write(
        "sweep.conf",
        """
        base = points.conf
        blocks = [
          { list = [{ label = two, schedule.steps = 2 }] }
          { list = [
            { label = four, schedule.steps = 4, init-from.trial = two }
            { label = diverging, penalty.gamma = 1e300 }
            { label = after it, init-from.trial = diverging }
          ] }
        ]
        metrics = [{ type = modes, samples = 500 }]
        """);
  }

  @Test
  void sweepKilledAtRandomMomentsEndsWithTheSameRuns() throws IOException, InterruptedException {
    Outcome whole = undisturbed("whole");
    assertEquals(1, whole.exitCode(), whole.toString());

    ChildProcess process = sweep("killed");
    awaitCheckpoint("killed", process);
    Thread.sleep(RandomGenerator.getDefault().nextInt(100));
    assertTrue(process.isAlive(), "it has ended before it could be killed");
    process.kill();
    Outcome killed = here("killed", "--resume"); // its trials outlive it, save and end
    assertEquals(1, killed.exitCode(), killed.toString());
    assertEquals(lastCheckpoints("whole"), lastCheckpoints("killed"));
    assertEquals(results("whole"), results("killed"));
    assertEquals(
        Files.readString(folder.resolve("whole/summary.csv")),
        Files.readString(folder.resolve("killed/summary.csv")));
  }

  /** A copy of the undisturbed sweep. */
  private Outcome undisturbed(String out) throws IOException {
    if (itsOutcome.isEmpty()) {
      itsOutcome = Optional.of(here("undisturbed"));
      FileUtils.copyDirectory(
          folder.resolve("undisturbed").toFile(), undisturbed.resolve("out").toFile());
    }
    FileUtils.copyDirectory(undisturbed.resolve("out").toFile(), folder.resolve(out).toFile());
    return itsOutcome.get();
  }

  @Test
  void singleTrialsGiveTheResultsOfTheSweep() throws IOException {
    undisturbed("whole");
    assertEquals(0, inProcess("out", "--plan").exitCode());
    Outcome early = inProcess("out", "--trial", "1");
    assertEquals(1, early.exitCode(), early.toString());
    assertTrue(early.toString().contains("--trial " + trial("two")), early.toString());

    Outcome two = inProcess("out", "--trial", "0");
    assertEquals(0, two.exitCode(), two.toString());
    assertEquals(0, inProcess("out", "--trial", trial("four")).exitCode());
    Outcome diverging = inProcess("out", "--trial", "2");
    assertEquals(1, diverging.exitCode(), diverging.toString());
    assertEquals(0, inProcess("out", "--collect").exitCode());
    assertEquals(lastCheckpoints("whole"), lastCheckpoints("out"));
    assertEquals(results("whole").subList(0, 4), results("out").subList(0, 4));
    assertTrue(results("out").get(4).endsWith(",pending,"), results("out").toString());

    write("sweep.conf", Files.readString(folder.resolve("sweep.conf")).replace("1e300", "1e-3"));
    String change = "2 left out (" + trial("diverging") + " diverging seed=0; ";
    for (List<String> refused : List.of(List.of("--collect"), List.of("--trial", "1"))) {
      Outcome changed = inProcess("out", refused.toArray(String[]::new));
      assertEquals(1, changed.exitCode());
      assertTrue(
          changed.toString().contains("plan it again with --plan --resume"), changed.toString());
      assertTrue(changed.toString().contains(change), changed.toString());
    }
    Outcome status = inProcess("out", "--status");
    assertEquals(0, status.exitCode());
    assertTrue(status.lines().get(0).contains(change), status.toString());
    assertTrue(
        inProcess("out", "--dry-run", "--resume", "--no-estimate").toString().contains(change));
  }

  @Test
  void changedConfigurationOfATrialIsRefused() throws IOException {
    assertEquals(0, inProcess("out", "--plan").exitCode());
    Path trial = folder.resolve("out/trials").resolve(trial("two") + ".conf");
    String planned = Files.readString(trial);
    Files.writeString(trial, planned.replace("width = 16", "width = 17"));
    Outcome changed = inProcess("out", "--trial", "0");
    assertEquals(1, changed.exitCode());
    assertTrue(changed.toString().contains(trial + " is missing or was changed"));
    Files.delete(folder.resolve("out/trials/plan.json"));
    assertEquals(0, inProcess("out", "--plan", "--resume").exitCode());
    assertEquals(planned, Files.readString(trial));
  }

  @Test
  void stoppedTrialIsCollectedAndResumedOnRequest() throws IOException, InterruptedException {
    write(
        "sweep.conf",
        "base = points.conf, overrides.training { steps = 200, checkpoint-every = 20 }");
    assertEquals(0, inProcess("out", "--plan").exitCode());
    ChildProcess process = sweep("out", "--trial", "0");
    awaitCheckpoint("out", process);
    process.pause(); // or a fast one ends first
    Outcome second = inProcess("out", "--trial", "0");
    Outcome during = inProcess("out", "--collect");
    process.kill();
    assertEquals(75, second.exitCode(), second.toString());
    assertTrue(second.toString().contains("is in use"), second.toString());
    assertTrue(during.toString().contains("0 of 1 trial done, 0 failed"), during.toString());
    assertTrue(inProcess("out", "--collect").toString().contains("is not running, at step"));
    assertEquals(0, inProcess("out", "--trial", "0").exitCode());
    assertEquals(0, inProcess("out", "--collect").exitCode());
    assertTrue(results("out").get(1).endsWith(",done,"), results("out").toString());
  }

  @Test
  void failingTrialIsReportedAndStopsNoOther() throws IOException {
    Outcome outcome = undisturbed("out");
    assertEquals(1, outcome.exitCode());
    String printed = String.join("\n", outcome.lines());
    assertTrue(printed.contains("ddgan: 1 of 4 trials failed; see their logs in "), printed);
    List<String> results = results("out");
    assertEquals(
        "trial,label,schedule.steps,init-from.trial,penalty.gamma,seed,modes-covered,modes-total,high-quality-share,kl-to-uniform,state,error",
        results.get(0));
    assertEquals(2, results.stream().filter(row -> row.endsWith(",done,")).count());
    List<String> failed = results.stream().filter(row -> row.matches("\\w+,diverging,.*")).toList();
    assertEquals(1, failed.size());
    assertTrue(
        failed.stream().allMatch(row -> row.matches(".*,1.0E300,[01],,,,,failed,penalty is .*")),
        failed.toString());
    List<String> left = results.stream().filter(row -> row.matches("\\w+,after it,.*")).toList();
    assertTrue(
        left.get(0).matches(".*,pending,\".* diverging seed=0, which is not done\""),
        left.toString());

    List<String> again = inProcess("out", "--resume").lines();
    assertTrue(
        again.get(0).endsWith("sweep %s: 4 trials".formatted(folder.resolve("out"))),
        again.toString());
    assertEquals("data: 1,000 points in 2 dimensions", again.get(1));
    assertTrue(again.get(2).equals("none to run"), again.toString());
    assertTrue(again.get(3).contains("after it seed=0 is skipped: "), again.toString());
    assertTrue(
        again.contains(
            "1 trial not done; resume with: ddgan sweep %s --retry-failed --out %s"
                .formatted(folder.resolve("sweep.conf"), folder.resolve("out"))),
        again.toString());

    write("sweep.conf", Files.readString(folder.resolve("sweep.conf")).replace("1e300", "1e-3"));
    Outcome mended = here("out", "--resume");
    assertEquals(0, mended.exitCode(), mended.toString());
    assertTrue(
        mended.lines().get(1).matches("since .*: 2 left out .*, 2 new .*"), mended.toString());
    assertTrue(mended.lines().get(3).startsWith("2 to run,"), mended.toString());
    String provenance =
        Files.readString(
            folder.resolve("out/runs").resolve(trial("after it")).resolve("provenance.json"));
    assertTrue(provenance.contains("runs/" + trial("diverging") + "\""), provenance);
  }

  @Test
  void sweepMayStopAtTheFirstFailureAndRetryIt() throws IOException {
    write(
        "sweep.conf", "base = points.conf, blocks = [{ grid { penalty.gamma = [1e300, 1e-4] } }]");
    Outcome failed = here("out", "--fail-fast");
    assertEquals(1, failed.exitCode());
    assertTrue(
        failed
            .lines()
            .contains(
                "1 trial not done; resume with: ddgan sweep %s --resume --workers 1 --out %s"
                    .formatted(folder.resolve("here.conf"), folder.resolve("out"))),
        failed.toString());
    List<String> retried = here("out", "--resume", "--retry-failed", "--max-trials", "1").lines();
    assertTrue(retried.get(2).startsWith("1 to run,"), retried.toString());
    assertTrue(
        retried.stream().anyMatch(line -> line.contains("1.0E300 seed=0 failed")),
        retried.toString());
  }

  /** The trials use all cores, though the library binds the sweep's own threads to one. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void interruptMakesTrialsSaveAndPrintsTheCommandToResume()
      throws IOException, InterruptedException {
    write("sweep.conf", "base = points.conf, overrides.training.steps = 1000000");
    ChildProcess process =
        ChildProcess.start(
            folder,
            Map.of("OMP_PROC_BIND", "true", "OMP_PLACES", "cores"),
            "sweep",
            "sweep.conf",
            "--out",
            "out");
    awaitCheckpoint("out", process);
    Path trial = entries(folder.resolve("out/runs")).findFirst().orElseThrow();
    String provenance = Files.readString(trial.resolve("provenance.json"));
    int cores = Runtime.getRuntime().availableProcessors();
    assertTrue(provenance.contains("\"cores\" : " + cores), provenance);
    process.interrupt();
    Outcome outcome = process.await();
    assertEquals(130, outcome.exitCode(), outcome.toString());
    assertEquals(
        "1 trial not done; resume with: ddgan sweep sweep.conf --resume --out out",
        outcome.lines().get(outcome.lines().size() - 1));
    assertTrue(results("out").get(1).endsWith(",pending,"), results("out").toString());
  }

  /** Waits until a trial has saved a checkpoint. */
  private void awaitCheckpoint(String sweep, ChildProcess process) throws InterruptedException {
    while (process.isAlive() && saved(sweep).isEmpty()) {
      Thread.sleep(20);
    }
  }

  /** Returns the checkpoints of all trials. */
  private Set<Path> saved(String sweep) {
    return entries(folder.resolve(sweep).resolve("runs"))
        .flatMap(run -> entries(run.resolve("checkpoints")))
        .collect(Collectors.toSet());
  }

  /** Returns the finished entries of a folder, if it exists. */
  private static Stream<Path> entries(Path folder) {
    File[] entries = folder.toFile().listFiles((parent, name) -> !name.startsWith("."));
    return Stream.ofNullable(entries).flatMap(Stream::of).map(File::toPath);
  }

  @Test
  void dryRunEstimatesTheRemainingTime() throws IOException {
    write(
        "sweep.conf",
        """
        base = points.conf
        overrides.training.batch-size = 1
        seeds = [0, 1]
        blocks = [{ grid { schedule.steps = [2, 4] } }]
        """);
    Outcome outcome = inProcess("out", "--dry-run", "--workers", "2", "--threads", "1");
    assertEquals(0, outcome.exitCode(), outcome.toString());
    List<String> lines = outcome.lines().subList(7, outcome.lines().size());
    assertTrue(lines.get(1).contains(" 2 of 2 configurations"), lines.get(1));
    assertTrue(
        lines.get(2).matches("[0-9a-f]{10} steps=2 seed=0: .* (ms|s|minutes)"), lines.get(2));
    assertTrue(
        lines.get(3).matches("[0-9a-f]{10} steps=4 seed=0: .* (ms|s|minutes)"), lines.get(3));
    assertTrue(lines.get(4).matches("estimate .* 4 trials, .*2 .*1 thread.*"), lines.get(4));
    assertEquals(5, lines.size());
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void unsuitableTrialsAreReportedBeforeTheFirstStarts() throws IOException {
    write(
        "sweep.conf",
        """
        base = points.conf
        blocks = [{ list = [{ label = first }, { init-from.trial = first, generator.width = 5 }, { data = { type = npz, file = missing.npz } },
          { generator = { type = ncsnpp, base-channels = 4 } },
          { generator = { type = ncsnpp, base-channels = 4 }, loss = hinge }] }]
        """);
    Outcome outcome = inProcess("out");
    assertEquals(2, outcome.exitCode());
    assertEquals(4, outcome.lines().size(), outcome.toString());
    String weights = outcome.lines().get(0);
    assertTrue(
        weights.matches(
            ".*sweep.conf:\\d+: init-from.trial: the trial \\w+ first seed=0 does not fit the configuration: .*"),
        weights);
    assertTrue(outcome.lines().get(1).contains("missing.npz"), outcome.toString());
    assertTrue(outcome.lines().get(2).contains("sweep.conf:3: generator: "), outcome.toString());
    assertTrue(outcome.lines().get(3).contains("sweep.conf:4: generator: "), outcome.toString());
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void unsuitableSweepFolderIsRefusedBeforeDataAreOpened() throws IOException {
    write(
        "sweep.conf",
        "base = points.conf, blocks = [{ list = [{ data = { type = npz, file = missing.npz } }] }]");
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/notes.txt"), "mine");
    assertTrue(inProcess("out").toString().contains("not a sweep"));
    assertTrue(inProcess("out", "--dry-run").toString().contains("not a sweep"));
    Files.move(folder.resolve("out/notes.txt"), folder.resolve("out/sweep.conf"));
    assertTrue(inProcess("out", "--dry-run").toString().contains("--resume"));
    assertTrue(inProcess("none", "--resume").toString().contains("without --resume"));
  }

  @Test
  void actionsAreExclusive() throws IOException {
    assertEquals(2, inProcess("out", "--plan", "--collect").exitCode());
    assertEquals(2, inProcess("out", "--dry-run", "--status").exitCode());
    assertEquals(2, inProcess("out", "--workers", "0").exitCode());
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private ChildProcess sweep(String out, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("sweep", "sweep.conf", "--out", out));
    arguments.addAll(List.of(options));
    return ChildProcess.start(folder, arguments.toArray(String[]::new));
  }

  /**
   * Returns the hash of every file of the last checkpoints by path; earlier ones depend on kills.
   */
  private Map<String, Integer> lastCheckpoints(String sweep) throws IOException {
    Path root = folder.resolve(sweep).resolve("runs");
    Map<String, Integer> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file :
          files.filter(f -> f.toString().matches(".*00000040.*\\.safetensors")).toList()) {
        content.put(root.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    assertEquals(2, content.keySet().stream().filter(f -> f.endsWith("/ema.safetensors")).count());
    return content;
  }

  /** Returns the rows without the time. */
  private List<String> results(String sweep) throws IOException {
    return Files.readAllLines(folder.resolve(sweep).resolve("results.csv")).stream()
        .map(row -> row.replaceFirst(",(seconds|[\\d.]*),(?=(state|done|failed|pending),)", ","))
        .toList();
  }

  /** Returns the name of the trial with a label. */
  private String trial(String label) throws IOException {
    return results("out").stream()
        .filter(row -> row.matches("\\w+," + label + ",.*"))
        .map(row -> row.substring(0, row.indexOf(',')))
        .findFirst()
        .orElseThrow();
  }

  /** Runs a sweep that trains its trials in this process, one at a time. */
  private Outcome here(String out, String... options) throws IOException {
    write("here.conf", "include \"sweep.conf\"\nlauncher.type = example-here");
    List<String> arguments = new ArrayList<>(List.of("--workers", "1"));
    arguments.addAll(List.of(options));
    return inProcess("here.conf", out, arguments);
  }

  /** Runs a command in this process, for commands that start no trial. */
  private Outcome inProcess(String out, String... options) {
    return inProcess("sweep.conf", out, List.of(options));
  }

  private Outcome inProcess(String file, String out, List<String> options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "sweep", folder.resolve(file).toString(), "--out", folder.resolve(out).toString()));
    arguments.addAll(options);
    return Outcome.here(arguments.toArray(String[]::new));
  }
}
