package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.cli.ChildProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An experiment on points with a short training. */
public final class PointsExperiment {

  private static final String TEXT =
      """
      data { type = gaussians-25, points-per-mode = 40 }
      schedule.type = vp
      generator { type = mlp, width = 16 }
      discriminator { type = mlp, width = 16 }
      loss.type = non-saturating
      penalty { type = r1, every = 3 }
      training { batch-size = 64, sample-every = 0 }
      evaluation.features.type = identity
      """;

  private PointsExperiment() {}

  /**
   * Writes {@code points.conf}.
   *
   * @param more further or replaced keys
   */
  public static void write(Path folder, String more) throws IOException {
    Files.writeString(folder.resolve("points.conf"), TEXT + more);
  }

  /** Writes {@code points.conf} and trains it in this process, in a run next to it. */
  public static void train(Path folder, String more, String run) throws IOException {
    write(folder, more);
    Outcome trained =
        Outcome.here(
            "train",
            folder.resolve("points.conf").toString(),
            "--run",
            folder.resolve(run).toString());
    assertEquals(0, trained.exitCode(), trained.toString());
  }
}
