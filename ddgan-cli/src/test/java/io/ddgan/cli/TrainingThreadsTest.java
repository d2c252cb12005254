package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.cli.ChildProcess.Outcome;
import io.ddgan.train.run.Environment;
import io.ddgan.train.run.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains with another number of threads than there are cores. */
@Tag("slow")
class TrainingThreadsTest extends CommandTest {

  @TempDir Path folder;

  @Test
  void theLibraryComputesWithAsManyThreadsAsWereAskedFor()
      throws IOException, InterruptedException {
    PointsExperiment.write(folder, "training.iterations = 1");
    Outcome outcome =
        ChildProcess.start(
                folder,
                Map.of("OMP_NUM_THREADS", "3"),
                "train",
                "points.conf",
                "--threads",
                "3",
                "--run",
                "run")
            .await();
    assertEquals(0, outcome.exitCode(), outcome::toString);
    Environment environment =
        Provenance.read(folder.resolve("run/provenance.json")).segments().get(0).environment();
    assertEquals("3", environment.fact(Provenance.THREADS));
  }

  @Test
  void aProcessThatHasNotHeardOfThemInTimeRefuses() {
    assertEquals(1, run("train", "smoke", "--threads", "93"), this::printed);
    assertTrue(printed().startsWith("ddgan: --threads must be told before"), this::printed);
  }
}
