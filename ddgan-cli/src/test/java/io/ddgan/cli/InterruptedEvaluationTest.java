package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.cli.ChildProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Stops evaluations before their end. */
@Tag("slow")
class InterruptedEvaluationTest {

  /** The folder of a run that is evaluated without interruption. */
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
            "training.steps=3",
            "training.sample-every=0",
            "evaluation.metrics=[]",
            "--run",
            run.toString());
    assertEquals(0, trained.exitCode(), trained.toString());
    Outcome evaluated = Outcome.here(words(shared));
    assertEquals(0, evaluated.exitCode(), evaluated.toString());
    whole = Files.readString(run.resolve("evaluation.json"));
    Files.delete(run.resolve("evaluation.json"));
    FileUtils.deleteDirectory(shared.resolve("cache").toFile());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void killedEvaluationLeavesNoPartialResultsAndCanBeRepeated()
      throws IOException, InterruptedException {
    evaluateUntilTheRealFeaturesAreKept().kill();
    try (Stream<Path> left = Files.list(folder.resolve("cache/features"))) {
      assertEquals(1, left.count(), "the features of real examples alone");
    }
    Outcome outcome = Outcome.here(words(folder));
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertEquals(whole, Files.readString(folder.resolve("run/evaluation.json")));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void interruptPrintsTheCommandToResume() throws IOException, InterruptedException {
    ChildProcess process = evaluateUntilTheRealFeaturesAreKept();
    process.interrupt();
    Outcome outcome = process.await();
    assertEquals(130, outcome.exitCode());
    assertTrue(
        outcome
            .lines()
            .get(outcome.lines().size() - 1)
            .endsWith("the same command and --skip-existing"),
        outcome.toString());
    assertFalse(Files.exists(folder.resolve("run/evaluation.json")));
  }

  /** Starts an evaluation, and waits until it is about to sample. */
  private ChildProcess evaluateUntilTheRealFeaturesAreKept()
      throws IOException, InterruptedException {
    FileUtils.copyDirectory(shared.toFile(), folder.toFile());
    ChildProcess process = ChildProcess.start(folder, words(folder));
    Path kept = folder.resolve("cache/features");
    while (process.isAlive() && !holdsFeatures(kept)) {
      Thread.sleep(1);
    }
    return process;
  }

  private static boolean holdsFeatures(Path kept) {
    String[] names = kept.toFile().list((dir, name) -> name.endsWith(".f32"));
    return names != null && names.length > 0;
  }

  private static String[] words(Path folder) {
    List<String> measured = List.of("--metrics", "modes,fid", "--samples", "3000");
    return Stream.of(
            List.of("evaluate", folder.resolve("run").toString()),
            measured,
            List.of("--cache", folder.resolve("cache").toString()))
        .flatMap(List::stream)
        .toArray(String[]::new);
  }
}
