package io.ddgan.app.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.cli.Main;
import io.ddgan.cli.PointsExperiment;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressFileTest {

  @TempDir Path folder;

  @Test
  void finishedRunIsDoneWithoutRemainingSteps() throws IOException {
    PointsExperiment.write(folder, "training.steps = 4");
    assertEquals(0, train(folder.resolve("points.conf").toString()));
    assertSays(RunState.DONE, 4, Optional.empty());
    Files.delete(file());
    assertEquals(0, train("--resume"));
    assertSays(RunState.DONE, 4, Optional.empty());
  }

  @Test
  void failureIsOneLine() throws IOException {
    PointsExperiment.write(folder, "training.steps = 4, penalty.gamma = 1e300");
    assertEquals(1, train(folder.resolve("points.conf").toString()));
    RunProgress progress = RunProgress.read(file()).orElseThrow();
    assertEquals(RunState.FAILED, progress.state());
    String error = progress.error().orElseThrow();
    assertTrue(error.startsWith("penalty is "), error);
    assertEquals(1, error.lines().count());
  }

  private void assertSays(RunState state, long step, Optional<String> error) {
    RunProgress progress = RunProgress.read(file()).orElseThrow();
    assertEquals(
        new RunProgress(step, 4, state, error, progress.seconds(), progress.updated()), progress);
  }

  private Path file() {
    return folder.resolve("run/progress.json");
  }

  private int train(String experimentOrResume) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return Main.run(
        nowhere, nowhere, "train", experimentOrResume, "--run", folder.resolve("run").toString());
  }
}
