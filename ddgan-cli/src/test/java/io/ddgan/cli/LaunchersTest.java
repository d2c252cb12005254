package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps with other launchers. */
@Tag("slow")
class LaunchersTest extends CommandTest {

  @TempDir Path folder;

  @BeforeEach
  void writeExperiment() throws IOException {
    PointsExperiment.write(folder, "training.steps = 4");
  }

  @Test
  void externalTrialsArePendingUntilDone() throws IOException {
    Path commands = folder.resolve("commands.txt");
    writeSweep(
        """
        blocks = [{ grid { schedule.steps = [1, 2] } }]
        launcher { type = example-list, file = "%s" }
        """
            .formatted(commands));
    assertEquals(1, sweep("--workers", "1", "--threads", "3", "--devices", "7"), this::printed);
    assertTrue(printed().contains("left pending after 0 s: "));
    assertTrue(printed().contains("2 trials not done; resume with: ddgan sweep "), this::printed);
    List<String> expected = new ArrayList<>();
    for (String trial : column(0)) {
      Path run = folder.resolve("out/runs").resolve(trial);
      Path configuration = folder.resolve("out/trials").resolve(trial + ".conf");
      expected.add(
          "{OMP_NUM_THREADS=3, CUDA_VISIBLE_DEVICES=7} %s in %s: train %s --run %s --auto-resume"
              .formatted(trial, run, configuration, run));
    }
    assertEquals(expected, Files.readAllLines(commands));
    assertEquals(List.of("pending", "pending"), column(-2));

    for (String line : Files.readAllLines(commands)) {
      call(line.substring(line.indexOf(": ") + 2).split(" "));
    }
    assertEquals(0, sweep("--resume"), this::printed);
    assertTrue(printed().contains("\nall trials are done"), this::printed);
    assertEquals(List.of("done", "done"), column(-2));
  }

  @Test
  void trialsAreFollowedByTheirProgressFiles() throws IOException {
    writeSweep(
        """
        blocks = [{ grid { penalty.gamma = [1e-4, 1e300] } }]
        launcher.type = example-here
        """);
    assertEquals(1, sweep("--workers", "1"), this::printed);
    assertEquals(List.of("done", "failed"), column(-2));
    assertTrue(column(-1).get(1).startsWith("penalty is "), this::printed);
  }

  private void writeSweep(String text) throws IOException {
    Files.writeString(folder.resolve("sweep.conf"), "base = points.conf\n" + text);
  }

  private int sweep(String... options) {
    List<String> arguments = new ArrayList<>(List.of("sweep"));
    arguments.add(folder.resolve("sweep.conf").toString());
    arguments.addAll(List.of("--out", folder.resolve("out").toString()));
    arguments.addAll(List.of(options));
    return run(arguments.toArray(String[]::new));
  }

  /** Returns a column of the results; a negative index counts from the right. */
  private List<String> column(int index) throws IOException {
    return Files.readAllLines(folder.resolve("out/results.csv")).stream()
        .skip(1)
        .map(row -> List.of(row.split(",", -1)))
        .map(cells -> cells.get(Math.floorMod(index, cells.size())))
        .toList();
  }
}
