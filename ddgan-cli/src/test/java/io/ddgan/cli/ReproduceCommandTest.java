package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.cli.ChildProcess.Outcome;
import io.ddgan.internal.file.Json;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trains tiny runs in processes with different numbers of threads, and reproduces them. */
@Tag("slow")
class ReproduceCommandTest {

  private static final String EQUAL = "reproduced: weights and metrics are equal bit for bit";

  private static final String POINTS = "0,1\n1,0\n-1,0\n0,-1\n";

  /** A run that all tests copy. */
  @TempDir static Path trained;

  /** The data of the run. */
  private static Path points;

  @TempDir Path folder;

  private Path run;
  private Path copy;

  @BeforeAll
  static void train() throws IOException, InterruptedException {
    points = Files.writeString(trained.resolve("points.csv"), POINTS);
    PointsExperiment.write(
        trained,
        """
        data = null
        data { type = points, file = "%s" }
        schedule.steps = 2
        training { batch-size = 16, steps = 8, log-every = 2, checkpoint-every = 4 }
        evaluation.metrics = []
        """
            .formatted(points));
    assertOk(ddgan(trained, "train", "points.conf", "--run", "run"));
  }

  @BeforeEach
  void copyTheRun() throws IOException {
    PathUtils.copyDirectory(trained, folder);
    run = folder.resolve("run");
    copy = folder.resolve("run-again");
  }

  @Test
  void runIsReproducedBitForBitWithTheSameThreads() throws IOException {
    Outcome outcome = reproduce();
    assertOk(outcome);
    assertEquals(EQUAL, last(outcome));
    assertTrue(
        outcome.lines().contains("training %s again with 2 threads: %s".formatted(run, copy)),
        outcome.toString());
    assertEquals(
        -1, Files.mismatch(run.resolve("provenance.json"), copy.resolve("provenance.json")));
    assertEquals(true, report().get("equal"));
    assertFalse(Files.exists(folder.resolve("run-again-ranks")));
    assertEquals(EQUAL, report().get("verdict"));
  }

  @Test
  void copyOfATrialIsBesideItsSweep() throws IOException {
    Path trial = folder.resolve("my-sweep/runs/0123456789");
    Files.createDirectories(trial.getParent());
    PathUtils.copyDirectory(run, trial);
    Files.createFile(folder.resolve("my-sweep/sweep.conf"));
    Path beside = Files.createDirectory(folder.resolve("my-sweep-0123456789-again"));
    Outcome outcome = Outcome.here("reproduce", trial.toString());
    assertTrue(last(outcome).startsWith("ddgan: " + beside + " exists; "), outcome.toString());
  }

  @Test
  @Timeout(120)
  void killedCommandLeavesNothingAndTheCopyIsResumed(@TempDir Path temporary)
      throws IOException, InterruptedException {
    ChildProcess command =
        ChildProcess.start(
            folder,
            Map.of("OMP_NUM_THREADS", "2"),
            List.of("-Djava.io.tmpdir=" + temporary),
            "reproduce",
            "run");
    RunFolder begun = new RunFolder(copy);
    while (!begun.isRun()) {
      Thread.sleep(10);
    }
    command.kill();
    while (begun.isInUse()) { // its process ends after saving
      Thread.sleep(10);
    }
    assertTrue(PathUtils.isEmptyDirectory(temporary));
    Outcome outcome = ddgan(folder, "reproduce", "run", "--resume");
    assertOk(outcome);
    assertEquals(EQUAL, last(outcome));
  }

  @Test
  void differencesWithinTheToleranceAreAcceptedAndOtherThreadsReported() throws IOException {
    String name = scaleATensorOf("ema", 1.5f);
    Outcome outcome = reproduce("--threads", "1", "--tolerance", "0.34");
    assertOk(outcome);
    assertTrue(
        last(outcome)
            .startsWith(
                "reproduced within 0.34: weights differ by up to 3.3e-01 (ema: %s), metrics "
                    .formatted(name)),
        outcome.toString());
    assertTrue(
        last(outcome).endsWith("the environment differs in: threads 2 -> 1"), outcome.toString());
    assertEquals(
        Map.of("threads", Map.of("original", "2", "copy", "1")), report().get("environment"));
  }

  @Test
  void unfinishedRunsAndSeveralEnvironmentsAreRefused() throws IOException {
    forgetTheLastCheckpoint();
    assertRefused("is at step 4 of 8");
    assertOk(Outcome.here("train", "--resume", "--run", run.toString()));
    assertRefused("several environments");
  }

  @Test
  void runResumedInItsEnvironmentKeepsItsProvenance() throws IOException {
    run = folder.resolve("here");
    String experiment = folder.resolve("points.conf").toString();
    assertOk(Outcome.here("train", experiment, "--run", run.toString()));
    String before = Files.readString(run.resolve("provenance.json"));
    forgetTheLastCheckpoint();
    assertOk(Outcome.here("train", "--resume", "--run", run.toString()));
    assertEquals(before, Files.readString(run.resolve("provenance.json")));
  }

  @Test
  void changedDataAreReportedBeforeTraining() throws IOException {
    Files.writeString(points, POINTS.replace("-1", "-2"));
    try {
      Outcome outcome = reproduce();
      assertEquals(1, outcome.exitCode());
      assertTrue(last(outcome).contains("data have changed"), outcome.toString());
      Files.delete(points);
      outcome = reproduce();
      assertEquals(1, outcome.exitCode());
      assertTrue(last(outcome).contains("points.csv"), outcome.toString());
    } finally {
      Files.writeString(points, POINTS);
    }
    assertFalse(Files.exists(copy));
  }

  @Test
  void editedAndImportedRunsAreRefused() throws IOException {
    Provenance provenance = Provenance.read(run.resolve("provenance.json"));
    provenance.with(Provenance.IMPORTED_FROM, "net.pth").write(run.resolve("provenance.json"));
    assertRefused("was imported");
    Path experiment = run.resolve("experiment.conf");
    Files.writeString(experiment, Files.readString(experiment) + "\n");
    assertRefused("experiment.conf");
    Files.createDirectory(copy);
    assertRefusedWithCopy("run-again exists");
  }

  private void assertRefused(String message) {
    assertRefusedWithCopy(message);
    assertFalse(Files.exists(copy));
  }

  private void assertRefusedWithCopy(String message) {
    Outcome outcome = reproduce();
    assertEquals(1, outcome.exitCode());
    assertEquals(1, outcome.lines().size(), outcome.toString());
    assertTrue(last(outcome).contains(message), outcome.toString());
  }

  private void forgetTheLastCheckpoint() throws IOException {
    Files.move(run.resolve("checkpoints/00000008"), folder.resolve("forgotten"));
  }

  private String scaleATensorOf(String part, float factor) throws IOException {
    CheckpointStore store = new CheckpointStore(run.resolve("checkpoints"), 9);
    Checkpoint checkpoint = store.load(8);
    Safetensors old = checkpoint.parts().get(part);
    TreeMap<String, Tensor> tensors = new TreeMap<>(old.tensors());
    String name = tensors.lastKey();
    float[] values = tensors.get(name).toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    tensors.put(name, Tensor.of(tensors.get(name).shape(), values));
    TreeMap<String, Safetensors> parts = new TreeMap<>(checkpoint.parts());
    parts.put(part, new Safetensors(tensors, old.metadata()));
    forgetTheLastCheckpoint();
    store.save(new Checkpoint(8, parts));
    return name;
  }

  private Map<String, Object> report() throws IOException {
    return Json.parse(Files.readString(copy.resolve("reproduction.json")));
  }

  /** Reproduces the run with a command in this process, which starts another. */
  private Outcome reproduce(String... options) {
    List<String> words = new ArrayList<>(List.of("reproduce", run.toString()));
    words.addAll(List.of(options));
    return Outcome.here(words.toArray(String[]::new));
  }

  /** Runs a command in a process with two threads. */
  private static Outcome ddgan(Path folder, String... args)
      throws IOException, InterruptedException {
    return ChildProcess.start(folder, Map.of("OMP_NUM_THREADS", "2"), args).await();
  }

  private static void assertOk(Outcome outcome) {
    assertEquals(0, outcome.exitCode(), outcome.toString());
  }

  private static String last(Outcome outcome) {
    return outcome.lines().get(outcome.lines().size() - 1);
  }
}
