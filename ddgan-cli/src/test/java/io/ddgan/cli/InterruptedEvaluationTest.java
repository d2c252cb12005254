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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ends evaluations in the middle. */
@Tag("slow")
class InterruptedEvaluationTest {

  private static final String SAMPLES = "3000";

  /** More than the second after which an evaluation notes again what it keeps. */
  private static final long PAUSE_MILLIS = 1_100;

  @TempDir static Path shared;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
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
            shared.resolve("run").toString());
    assertEquals(0, trained.exitCode(), trained.toString());
  }

  @BeforeEach
  void copyRun() throws IOException {
    FileUtils.copyDirectory(shared.resolve("run").toFile(), folder.resolve("run").toFile());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void oneThatIsKilledGoesOnFromTheFeaturesThatItHadFinished()
      throws IOException, InterruptedException {
    assertEquals(0, evaluateHere("whole").exitCode());
    String whole = Files.readString(folder.resolve("run/evaluation.csv"));
    Files.delete(folder.resolve("run/evaluation.csv"));
    copyFeaturesOfRealExamples();

    int kept = killedAmidSamples();
    for (int again = 0; again < 4 && kept == Integer.parseInt(SAMPLES); again++) {
      FileUtils.deleteDirectory(folder.resolve("killed").toFile()); // a busy machine was late
      copyFeaturesOfRealExamples();
      kept = killedAmidSamples();
    }
    assertTrue(kept > 0 && kept < Integer.parseInt(SAMPLES), "kept " + kept);

    Outcome outcome = evaluateHere("killed", "--resume");
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

  /** So that what is killed is at its samples. */
  private void copyFeaturesOfRealExamples() throws IOException {
    FileUtils.copyDirectory(folder.resolve("whole").toFile(), folder.resolve("killed").toFile());
  }

  /** How many rows an evaluation had kept that was killed when it had kept the first. */
  private int killedAmidSamples() throws IOException, InterruptedException {
    ChildProcess process = evaluateUntilRowsAreKept();
    process.kill();
    return rowsKept();
  }

  /**
   * Pauses when it has begun, so that it keeps the next rows though it needs less than a second.
   */
  private ChildProcess evaluateUntilRowsAreKept() throws IOException, InterruptedException {
    ChildProcess process = ChildProcess.start(folder, words("killed").toArray(String[]::new));
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

  /** In this process. */
  private Outcome evaluateHere(String cache, String... options) {
    List<String> words = words(cache);
    words.addAll(List.of(options));
    return Outcome.here(words.toArray(String[]::new));
  }

  private List<String> words(String cache) {
    List<String> words = new ArrayList<>(List.of("evaluate", folder.resolve("run").toString()));
    words.addAll(List.of("--metrics", "modes,fid", "--samples", SAMPLES));
    words.addAll(List.of("--cache", folder.resolve(cache).toString()));
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
    Path all = folder.resolve("killed/unfinished");
    if (!Files.exists(all)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(all)) {
      return folders.findFirst();
    }
  }
}
