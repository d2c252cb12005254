package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.contract.Warnings;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Runs that are to go on, and of which something is gone or damaged. Alone, as warnings are read.
 */
@Isolated
class LostFilesTest extends CommandTest {

  @TempDir static Path trained;

  @TempDir Path folder;

  private RunFolder run;

  @BeforeAll
  static void train() throws IOException {
    String keys = "training.iterations = 4, training.checkpoint-every = 2";
    PointsExperiment.train(trained, keys, "run");
  }

  @BeforeEach
  void copyRun() throws IOException {
    FileUtils.copyDirectory(trained.toFile(), folder.toFile());
    run = new RunFolder(folder.resolve("run"));
  }

  @Test
  void aRunThatHasSavedDoesNotBeginAnewWhereItsCheckpointsAreGone() throws IOException {
    String metrics = Files.readString(run.metrics());
    PathUtils.delete(run.checkpoints());
    for (int i = 0; i < 2; i++) {
      assertEquals(1, resume());
      assertTrue(
          printed()
              .endsWith(
                  "ddgan: the run %s had done 4 steps, but none of its checkpoints is in %s; bring one back, or train again in another folder with --run\n"
                      .formatted(run.root(), run.checkpoints())),
          this::printed);
    }
    assertEquals(metrics, Files.readString(run.metrics()));
    assertFalse(Files.exists(run.checkpoints()));
  }

  @Test
  void lostMetricsAreMissedWhereARunGoesOnAndWhereItHasEnded() throws IOException {
    assertEquals(List.of(), warnings("--iterations", "4"));
    Files.delete(run.metrics());
    List<String> lost =
        List.of(
            run.metrics()
                + " is missing; what was measured in the steps that are done is lost, and those to come begin a new one");
    assertEquals(lost, warnings());
    assertEquals(lost, warnings("--iterations", "6"));
    assertTrue(Files.readString(run.metrics()).lines().count() == 2, "a row for the end");
  }

  @Test
  void whatFailsBeforeItsFirstStepHasChangedNoConfiguration() throws IOException {
    String experiment = Files.readString(run.experiment());
    String provenance = Files.readString(run.provenance());
    String metrics = Files.readString(run.metrics());
    for (String step : List.of("00000002", "00000004")) {
      Path weights = run.checkpoints().resolve(step).resolve("generator.safetensors");
      Files.write(weights, new byte[100]);
    }
    assertEquals(1, resume("--iterations", "6"));
    assertTrue(printed().contains("is damaged"), this::printed);
    assertEquals(experiment, Files.readString(run.experiment()));
    assertEquals(provenance, Files.readString(run.provenance()));
    assertEquals(metrics, Files.readString(run.metrics()));
  }

  /** What is warned of where the run goes on. */
  private List<String> warnings(String... options) throws IOException {
    return Warnings.of(() -> assertEquals(0, resume(options), this::printed));
  }

  private int resume(String... options) {
    List<String> words =
        new ArrayList<>(List.of("train", "--resume", "--run", run.root().toString()));
    words.addAll(List.of(options));
    return run(words.toArray(String[]::new));
  }
}
