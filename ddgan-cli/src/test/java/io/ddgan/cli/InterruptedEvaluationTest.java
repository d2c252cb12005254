package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.cli.ChildProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ends evaluations in the middle. */
@Tag("slow")
class InterruptedEvaluationTest {

  private static final int SAMPLES = 3000;

  /** More than the second after which an evaluation notes again what it keeps. */
  private static final long PAUSE_MILLIS = 1_100;

  /** A run, the features of real examples, and what an evaluation that is left alone measures. */
  @TempDir static Path shared;

  private static String whole;

  @TempDir Path folder;

  @BeforeAll
  static void trainAndEvaluate() throws IOException {
    Path run = shared.resolve("run");
    Outcome trained =
        Outcome.here(
            "train",
            "gaussians-25-ddpm",
            "data.points-per-mode=400",
            "schedule.steps=200",
            "generator.width=32",
            "training.iterations=3",
            "training.sample-every=0",
            "evaluation.metrics=[]",
            "--run",
            run.toString());
    assertEquals(0, trained.exitCode(), trained.toString());
    Outcome evaluated = Outcome.here(words(shared).toArray(String[]::new));
    assertEquals(0, evaluated.exitCode(), evaluated.toString());
    whole = Files.readString(run.resolve("evaluation.csv"));
    Files.delete(run.resolve("evaluation.csv"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void oneThatIsKilledGoesOnFromTheFeaturesThatItHadFinished()
      throws IOException, InterruptedException {
    evaluateUntilRowsAreKept().kill();
    int kept = rowsKept();
    assertTrue(kept > 0 && kept < SAMPLES, "kept " + kept);

    List<String> words = words(folder);
    words.add("--resume");
    Outcome outcome = Outcome.here(words.toArray(String[]::new));
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertEquals(whole, Files.readString(folder.resolve("run/evaluation.csv")));
    assertEquals(Optional.empty(), unfinished(), "what is finished is not kept");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anInterruptSaysHowToGoOn() throws IOException, InterruptedException {
    ChildProcess process = evaluateUntilRowsAreKept();
    process.interrupt();
    Outcome outcome = process.await();
    assertEquals(130, outcome.exitCode());
    assertTrue(
        outcome.lines().get(outcome.lines().size() - 1).endsWith("the same command and --resume"),
        outcome.toString());
    assertFalse(Files.exists(folder.resolve("run/evaluation.csv")));
    assertTrue(rowsKept() > 0);
  }

  /** An evaluation that is amid its samples; on a busy machine it may be too late for that. */
  private ChildProcess evaluateUntilRowsAreKept() throws IOException, InterruptedException {
    ChildProcess process = evaluateWithAPause();
    for (int again = 0; again < 4 && !(process.isAlive() && rowsKept() < SAMPLES); again++) {
      process.kill();
      process = evaluateWithAPause();
    }
    return process;
  }

  /**
   * Pauses when it has begun with its samples, so that it keeps the next rows though it needs less
   * than a second. The features of real examples are there.
   */
  private ChildProcess evaluateWithAPause() throws IOException, InterruptedException {
    FileUtils.cleanDirectory(folder.toFile());
    FileUtils.copyDirectory(shared.toFile(), folder.toFile());
    ChildProcess process = ChildProcess.start(folder, words(folder).toArray(String[]::new));
    while (process.isAlive() && rows().filter(Files::exists).isEmpty()) {
      Thread.sleep(1);
    }
    process.pause();
    Thread.sleep(PAUSE_MILLIS);
    process.goOn();
    while (process.isAlive() && rowsKept() == 0) {
      Thread.sleep(1);
    }
    return process;
  }

  private static List<String> words(Path folder) {
    List<String> words = new ArrayList<>(List.of("evaluate", folder.resolve("run").toString()));
    words.addAll(List.of("--metrics", "modes,fid", "--samples", Integer.toString(SAMPLES)));
    words.addAll(List.of("--cache", folder.resolve("cache").toString()));
    return words;
  }

  private int rowsKept() throws IOException {
    Optional<Path> rows = rows().filter(Files::exists);
    return rows.isEmpty() ? 0 : Integer.parseInt(Files.readString(rows.get()).strip());
  }

  /** Where an evaluation that has begun notes them. */
  private Optional<Path> rows() throws IOException {
    return unfinished().map(folder -> folder.resolve("rows"));
  }

  private Optional<Path> unfinished() throws IOException {
    Path all = folder.resolve("cache/unfinished");
    if (!Files.exists(all)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(all)) {
      return folders.findFirst();
    }
  }
}
