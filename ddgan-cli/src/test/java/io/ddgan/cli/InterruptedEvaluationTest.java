package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.cli.ChildProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ends evaluations in the middle. */
@Tag("slow")
class InterruptedEvaluationTest {

  /** Of 50 evaluations of the generator each, which takes seconds. */
  private static final String SAMPLES = "30000";

  @TempDir Path folder;

  @BeforeEach
  void train() {
    Outcome trained =
        Outcome.here(
            "train",
            "gaussians-25-ddpm",
            "schedule.steps=50",
            "generator.width=32",
            "training.iterations=3",
            "training.sample-every=0",
            "evaluation.metrics=[]",
            "--run",
            folder.resolve("run").toString());
    assertEquals(0, trained.exitCode(), trained.toString());
  }

  @Test
  void oneThatIsKilledGoesOnFromTheFeaturesThatItHadFinished()
      throws IOException, InterruptedException {
    assertEquals(0, evaluate("whole").await().exitCode());
    String whole = Files.readString(folder.resolve("run/evaluation.csv"));
    Files.delete(folder.resolve("run/evaluation.csv"));

    ChildProcess process = evaluate("killed");
    while (process.isAlive() && rowsKept() == 0) {
      Thread.sleep(1);
    }
    process.kill();
    int kept = rowsKept();
    assertTrue(kept > 0 && kept < Integer.parseInt(SAMPLES), "kept " + kept);

    Outcome outcome = evaluate("killed", "--resume").await();
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertEquals(whole, Files.readString(folder.resolve("run/evaluation.csv")));
    assertEquals(Optional.empty(), unfinished(), "what is finished is not kept");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anInterruptSaysHowToGoOn() throws IOException, InterruptedException {
    ChildProcess process = evaluate("killed");
    while (process.isAlive() && rowsKept() == 0) {
      Thread.sleep(1);
    }
    process.interrupt();
    Outcome outcome = process.await();
    assertEquals(130, outcome.exitCode());
    assertTrue(
        outcome.lines().get(outcome.lines().size() - 1).endsWith("the same command and --resume"),
        outcome.toString());
    assertFalse(Files.exists(folder.resolve("run/evaluation.csv")));
    assertTrue(rowsKept() > 0);
  }

  private ChildProcess evaluate(String cache, String... options) throws IOException {
    List<String> arguments =
        Stream.concat(
                Stream.of(
                    "evaluate",
                    "run",
                    "--metrics",
                    "modes,fid",
                    "--samples",
                    SAMPLES,
                    "--cache",
                    cache),
                Stream.of(options))
            .toList();
    return ChildProcess.start(folder, arguments.toArray(String[]::new));
  }

  private int rowsKept() throws IOException {
    Optional<Path> unfinished = unfinished();
    if (unfinished.isEmpty() || !Files.exists(unfinished.get().resolve("rows"))) {
      return 0;
    }
    return Integer.parseInt(Files.readString(unfinished.get().resolve("rows")).strip());
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
