package io.ddgan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits the main lines of each module. To exceed a budget, change its number and reason here. */
class BudgetTest {

  private static final int IN_ALL = 60_400;

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ddgan-api              | 12600 | contracts, layers and configuration; a third is the graph runtime
          ddgan-schedules        |   600 | a schedule, a process or a sampler takes some 40 lines
          ddgan-networks         |  1150 | NCSN++ with all options of the reference, and discriminators
          ddgan-losses           |  1750 | objectives, losses, penalties and augmentations
          ddgan-train            | 11850 | data sets, the step, checkpoints, initial weights, sampling and exports
          ddgan-eval             |  4920 | metrics, feature extractors, and what evaluates with them
          ddgan-cli              | 14150 | the library of experiments, runs and sweeps; 16 commands and their page
          extensions/onednn      |  8100 | kernels that train twice as fast as PyTorch
          extensions/distributed |   680 | ranks of one training: their meeting, and sums of gradients
          extensions/slurm       |   780 | the queue of a cluster, and what becomes of its tasks
          extensions/spark       |  1400 | a driver, its tasks, and runs kept in a store
          extensions/web         |  1700 | four servers, whose routing and limits a library does
          examples/plugin        |   800 | a component of each kind
          examples/embed         |    50 | a program of one screen
          """)
  void modulesStayWithinTheirBudgets(String module, int budget, String reason) throws IOException {
    int lines = mainLines(ROOT.resolve(module));
    assertTrue(
        lines <= budget,
        () ->
            "%s has %,d main lines; its budget is %,d: %s"
                .formatted(module, lines, budget, reason));
  }

  @Test
  void allModulesStayWithinTheTotalBudget() throws IOException {
    int lines = mainLines(ROOT);
    assertTrue(lines <= IN_ALL, () -> "%,d main lines; the budget is %,d".formatted(lines, IN_ALL));
  }

  /** Counts the lines of the Java files in all folders src/main below a folder. */
  private static int mainLines(Path folder) throws IOException {
    int lines = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file :
          files.filter(path -> path.toString().matches(".*/src/main/.*\\.java")).toList()) {
        lines += Files.readAllLines(file, StandardCharsets.UTF_8).size();
      }
    }
    return lines;
  }
}
