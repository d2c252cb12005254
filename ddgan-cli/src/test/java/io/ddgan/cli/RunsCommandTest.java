package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.eval.records.EvaluationFiles;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.internal.file.LockFile;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listing and pruning runs. */
@Tag("slow")
class RunsCommandTest extends CommandTest {

  private static final String CHECKPOINTS =
      "training { steps = 4, checkpoint-every = 1, keep-checkpoints = 4 }\n";

  @TempDir static Path trained;

  @TempDir Path folder;

  private Path runs;

  @BeforeAll
  static void train() throws IOException {
    String keys = CHECKPOINTS + "evaluation { metrics = [{ type = modes, samples = 50 }] }";
    PointsExperiment.train(trained, keys, "runs/first");
  }

  @BeforeEach
  void copyRun() throws IOException {
    FileUtils.copyDirectory(trained.toFile(), folder.toFile());
    runs = folder.resolve("runs");
  }

  @Test
  void listsRunsWithStateStepsDataAndMetrics() throws IOException {
    Path inner = Files.createDirectories(runs.resolve("my-sweep/runs")).resolve("trial");
    copy(runs.resolve("first"), inner);
    tell(inner, 3, RunState.TRAINING);
    Files.setLastModifiedTime( // of a clock that was ahead
        inner.resolve("progress.json"), FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
    call("runs", runs.toString());
    List<String> lines = printed().lines().toList();
    List<String> last = lines.subList(lines.size() - 3, lines.size());
    assertTrue(last.get(0).matches("run +state +steps +data +size +age +last .*"));
    assertTrue(
        last.get(1)
            .matches(
                ".*/first +finished +4 of 4 +gaussians-25 +\\d+\\.\\d MiB +.+ +modes-covered \\d+, .*"),
        this::printed);
    assertTrue(
        last.get(2).matches(".*/my-sweep/runs/trial +killed +3 of 4 +gaussians-25 .* 1\\S* s .*"),
        this::printed);
  }

  @Test
  void differingKeysAreShownAndRunsSortedByAMeasure() throws IOException {
    copy(runs.resolve("first"), runs.resolve("second"));
    edit("second/experiment.conf", "gamma = 0.02", "gamma = 0.5");
    EvaluationFiles files = new EvaluationFiles(runs.resolve("second"));
    EvaluationRecord none =
        files.read().stream()
            .filter(each -> each.measure().name().equals("modes-covered"))
            .findFirst()
            .orElseThrow();
    files.add(
        List.of(
            new EvaluationRecord(
                none.subject(),
                none.settings(),
                none.measure(),
                25,
                none.samples(),
                none.comparison(),
                none.machine())));
    call("runs", runs.toString(), "--sort", "modes-covered");
    List<String> lines = printed().lines().toList();
    List<String> table = lines.subList(lines.size() - 3, lines.size());
    assertTrue(
        table.get(0).matches("run +state +steps +data +gamma +modes-covered +size .*"),
        this::printed);
    assertTrue(table.get(1).matches(".*/second .* gaussians-25 +0.5 +25 .*"), this::printed);
    assertTrue(table.get(2).matches(".*/first .* gaussians-25 +0.02 +\\d .*"), this::printed);
    assertEquals(1, run("runs", runs.toString(), "--sort", "moon"));
    assertTrue(printed().contains("no run has the measure moon; choose one of "), this::printed);
  }

  @Test
  void notedRunsAreFoundByTheirTagsAndDeleted() throws IOException {
    for (String run : List.of("second", "third")) {
      copy(runs.resolve("first"), runs.resolve(run));
    }
    call("runs", runs.resolve("second").toString(), "--note", "#paper a try");
    call("runs", runs.toString(), "--tag", "paper");
    assertTrue(printed().matches("(?s).* note\n\\S*/second .* #paper a try\n"), this::printed);
    assertFalse(printed().contains("third"), this::printed);
    call("runs", runs.toString(), "--tag", "pap");
    assertTrue(printed().contains("no runs tagged pap in "), this::printed);
    assertEquals(2, run("runs", "--delete", "--yes"), "no folder is named");
    call("runs", runs.toString(), "--tag", "paper", "--delete", "--yes");
    assertEquals(List.of("first", "third"), names(runs));
  }

  @Test
  void onlyRunsThatNoProcessUsesAreDeleted() throws IOException {
    Path first = runs.resolve("first");
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createFile(outside.resolve("kept"));
    LockFile lock = new RunFolder(first).resume();
    try (lock) {
      assertEquals(75, run("runs", first.toString(), "--delete", "--yes"), this::printed);
    }
    Path inner = Files.createDirectories(first.resolve("samples/inner"));
    Files.createFile(inner.resolve("experiment.conf"));
    assertEquals(1, run("runs", first.toString(), "--delete", "--yes"));
    Files.delete(inner.resolve("experiment.conf"));
    assertEquals(4, checkpoints("first").size());
    Files.createSymbolicLink(first.resolve("samples/linked"), outside);
    call("runs", first.toString(), "--delete", "--yes");
    assertEquals(List.of(), names(runs));
    assertEquals(List.of("kept"), names(outside));
  }

  private void edit(String file, String before, String now) throws IOException {
    String text = Files.readString(runs.resolve(file));
    String edited = text.replaceAll(before, now);
    assertNotEquals(text, edited);
    Files.writeString(runs.resolve(file), edited);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void runInUseIsListedAsTrainingAndNotPruned() throws IOException {
    LockFile lock = new RunFolder(runs.resolve("first")).resume();
    try (lock) {
      tell(runs.resolve("first"), 2, RunState.TRAINING);
      call("runs", runs.toString());
      assertTrue(printed().contains("/first  training  2 of 4 "), this::printed);
      call("prune", runs.toString());
      assertTrue(printed().contains("first is in use; skipped\n"), this::printed);
    }
    assertEquals(4, checkpoints("first").size());
  }

  @Test
  void damagedRunIsListed() throws IOException {
    copy(runs.resolve("first"), runs.resolve("second"));
    Files.writeString(runs.resolve("first/experiment.conf"), "data {");
    Files.writeString(runs.resolve("second/evaluation.json"), "no results\n");
    call("runs", runs.toString());
    assertTrue(printed().matches("(?s).*/first +damaged .*experiment.conf:.*"), this::printed);
    assertTrue(
        printed().matches("(?s).*/second +damaged +4 of 4 .*evaluation.json is damaged.*"),
        this::printed);
  }

  @Test
  void folderWithoutRunsIsReported() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    call("runs", empty.toString());
    assertEquals(1, run("runs", folder.resolve("nowhere").toString()));
    assertTrue(
        printed()
            .endsWith(
                "no runs in [%s]\nddgan: cannot read %s: it does not exist\n"
                    .formatted(empty, folder.resolve("nowhere"))),
        this::printed);
  }

  @Test
  void pruningKeepsTheLatestCheckpointAndAllMetrics() throws IOException {
    byte[] metrics = Files.readAllBytes(runs.resolve("first/metrics.csv"));
    byte[] provenance = Files.readAllBytes(runs.resolve("first/provenance.json"));
    call("prune", "--dry-run", runs.toString());
    assertTrue(printed().endsWith("MiB, 3 checkpoints\n"), this::printed);
    assertTrue(printed().contains("\nwould free "), this::printed);
    assertEquals(4, checkpoints("first").size());

    call("prune", "--keep", "2", runs.toString());
    assertEquals(List.of("00000003", "00000004"), checkpoints("first"));
    call("prune", runs.resolve("first").toString());
    assertEquals(List.of("00000004"), checkpoints("first"));
    assertArrayEquals(metrics, Files.readAllBytes(runs.resolve("first/metrics.csv")));
    assertArrayEquals(provenance, Files.readAllBytes(runs.resolve("first/provenance.json")));
    call("sample", runs.resolve("first").toString());
    call("train", "--resume", "--run", runs.resolve("first").toString());
  }

  @Test
  void pruningKeepsAnIntactCheckpointIfTheLatestIsDamaged() throws IOException {
    Path file = runs.resolve("first/checkpoints/00000004/ema.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 4));
    call("prune", runs.toString());
    assertEquals(List.of("00000003", "00000004"), checkpoints("first"));
  }

  @Test
  void pruningRemovesLeftoversOfKilledProcesses() throws IOException {
    Path left = runs.resolve("first/checkpoints/.unfinished-00000002");
    Files.move(runs.resolve("first/checkpoints/00000002"), left);
    call("prune", "--keep", "9", runs.toString());
    assertFalse(Files.exists(left));
    assertEquals(List.of("00000001", "00000003", "00000004"), checkpoints("first"));
  }

  private static void tell(Path run, long step, RunState state) throws IOException {
    new RunProgress(step, 4, state, Optional.empty(), 1, Instant.now())
        .write(new RunFolder(run).progress());
  }

  private List<String> checkpoints(String run) throws IOException {
    return names(runs.resolve(run).resolve("checkpoints"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }
}
