package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.ddgan.cli.ChildProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Training of one run by several processes. */
@Tag("slow")
class ParallelTrainingTest {

  private static final String EXPERIMENT =
      "training { micro-batches = 4, steps = 40, log-every = 10, checkpoint-every = 10, keep-checkpoints = 30 }";

  @TempDir private static Path undisturbed;

  @TempDir Path folder;

  @BeforeAll
  static void trainAlone() throws IOException {
    PointsExperiment.train(undisturbed, EXPERIMENT, "alone");
  }

  @BeforeEach
  void writeExperiment() throws IOException {
    PointsExperiment.write(folder, EXPERIMENT);
    FileUtils.copyDirectory(
        undisturbed.resolve("alone").toFile(), folder.resolve("alone").toFile());
  }

  @Test
  void twoProcessesEqualOneBitForBitAlsoAfterAKill()
      throws IOException, InterruptedException, ExecutionException {
    Future<Outcome> keeper = keep("shared");
    ChildProcess killed = train("shared", "--rank", "1", "--world-size", "2");
    awaitFolder("shared/checkpoints/00000010", keeper::isDone);
    killed.kill();
    Outcome lost = keeper.get();
    assertEquals(75, lost.exitCode(), lost.toString());
    assertTrue(lost.toString().contains("the process of rank 1 has ended; "), lost.toString());

    keeper = keep("shared", "--auto-resume");
    ChildProcess other = train("shared", "--rank", "1", "--world-size", "2", "--auto-resume");
    assertEquals(0, keeper.get().exitCode());
    Outcome ended = other.await();
    assertEquals(0, ended.exitCode(), ended.toString());
    assertTrue(ended.toString().contains("rank 1 ended after step 40"), ended.toString());
    assertEquals(checkpoints("alone"), checkpoints("shared"));
    assertEquals(metrics("alone"), metrics("shared"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void commandRestartsAllProcessesAfterAKillAtAnyTime() throws IOException, InterruptedException {
    String first = folder.resolve("alone").toString();
    String experiment = folder.resolve("points.conf").toString();
    String begun = folder.resolve("begun").toString();
    Outcome alone = Outcome.here("train", experiment, "--run", begun, "--init-from", first);
    assertEquals(0, alone.exitCode(), alone.toString());
    ChildProcess all = train("launched", "--world-size", "2", "--init-from", first);
    while (all.isAlive() && folder.resolve("launched-ranks/rank-1.log").toFile().length() == 0) {
      Thread.sleep(5);
    }
    assertTrue(aRank(all).destroyForcibly()); // before they have met
    awaitFolder("launched/checkpoints/00000010", () -> !all.isAlive());
    assertTrue(aRank(all).destroyForcibly());
    Outcome ended = all.await();
    assertEquals(0, ended.exitCode(), ended.toString());
    String restarts = "(?s).*exit code 137.; restarting.* step 0\\b.*; restarting.*";
    assertTrue(ended.toString().matches(restarts), ended.toString());
    assertEquals(checkpoints("begun"), checkpoints("launched"));
    assertFalse(Files.exists(folder.resolve("launched-ranks")));
  }

  private static ProcessHandle aRank(ChildProcess all) throws IOException, InterruptedException {
    try (Stream<ProcessHandle> ranks = ProcessHandle.of(all.pid()).orElseThrow().children()) {
      Optional<ProcessHandle> found = ranks.findFirst();
      return found.isPresent() ? found.get() : fail(all.await().toString());
    }
  }

  @Test
  void failingProcessEndsAllWithItsReason() throws IOException, InterruptedException {
    PointsExperiment.write(
        folder,
        """
        training { micro-batches = 2, steps = 10 }
        data = null
        data { type = image-folder, folder = nowhere, size = 8, channels = 1 }
        """);
    Outcome failed = train("failed", "--world-size", "2").await();
    assertEquals(1, failed.exitCode(), failed.toString());
    assertTrue(failed.toString().contains(" failed-ranks"), failed::toString);
    String experiment = folder.resolve("points.conf").toString();
    String odd = folder.resolve("odd").toString();
    assertEquals(
        1, Outcome.here("train", experiment, "--run", odd, "--world-size", "3").exitCode());
    assertEquals(2, Outcome.here("train", experiment, "--run", odd, "--rank", "0").exitCode());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void stoppedProcessMakesAllSaveAndEnd()
      throws IOException, InterruptedException, ExecutionException {
    PointsExperiment.write(
        folder,
        // kept, so the first is not removed too early
        "training { micro-batches = 2, steps = 1000000, checkpoint-every = 20, keep-checkpoints = 1000 }");
    Future<Outcome> keeper = keep("run");
    ChildProcess other = train("run", "--rank", "1", "--world-size", "2");
    awaitFolder("run/checkpoints/00000020", keeper::isDone);
    other.interrupt();
    Outcome saved = keeper.get();
    assertEquals(0, saved.exitCode(), saved.toString());
    assertTrue(saved.toString().contains("saved step "), saved.toString());
    assertEquals(130, other.await().exitCode());
  }

  private void awaitFolder(String name, BooleanSupplier isOver) throws InterruptedException {
    while (!isOver.getAsBoolean() && !Files.exists(folder.resolve(name))) {
      Thread.sleep(5);
    }
  }

  /** Runs rank 0 in this process. */
  private Future<Outcome> keep(String run, String... options) {
    List<String> words =
        new ArrayList<>(List.of("train", folder.resolve("points.conf").toString()));
    words.addAll(
        List.of("--run", folder.resolve(run).toString(), "--rank", "0", "--world-size", "2"));
    words.addAll(List.of(options));
    return CompletableFuture.supplyAsync(() -> Outcome.here(words.toArray(String[]::new)));
  }

  private ChildProcess train(String run, String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("train", "points.conf", "--run", run));
    words.addAll(List.of(options));
    return ChildProcess.start(folder, Map.of("OMP_NUM_THREADS", "1"), words.toArray(String[]::new));
  }

  /** Returns the hash of every file of all checkpoints by path. */
  private Map<String, Integer> checkpoints(String run) throws IOException {
    Path root = folder.resolve(run).resolve("checkpoints");
    Map<String, Integer> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".safetensors")).toList()) {
        content.put(root.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    assertTrue(content.size() > 20, content.keySet().toString());
    return content;
  }

  /** Returns the rows without the last column, the speed. */
  private List<String> metrics(String run) throws IOException {
    return Files.readAllLines(folder.resolve(run).resolve("metrics.csv")).stream()
        .map(row -> row.replaceFirst(",[^,]*,[^,]*$", "")) // without times
        .toList();
  }
}
