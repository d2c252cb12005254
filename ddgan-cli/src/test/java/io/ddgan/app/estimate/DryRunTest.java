package io.ddgan.app.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.app.environment.Backend;
import io.ddgan.cli.Framework;
import io.ddgan.cli.Main;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.graph.NativeMemory;
import io.ddgan.train.experiment.Setup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class DryRunTest {

  private static final DataShape POINT = DataShape.point(2);

  /** A smaller generator; that of the preset takes seconds to build. */
  private static final String SMALL = "generator.base-channels=8";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"gaussians-25", "gaussians-25-ddpm"})
  void printsSummaryAndEstimateAndWritesNothing(String preset) {
    Path run = folder.resolve("run");
    String[] args = {
      "train", preset, "--dry-run", "--run", run.toString(), "training.batch-size=1"
    };
    assertEquals(0, run(args), this::printed);
    List<String> lines = out.toString().lines().toList();
    assertTrue(lines.get(0).contains(" points in 2 dimensions; "), this::printed);
    assertTrue(
        lines
            .get(2)
            .matches(
                "estimate .*\\(CpuBackend, \\d+ threads?\\): .* [GM]iB of memory .*, .* per step, .* for all [0-9,]+ steps.*"),
        this::printed);
    assertFalse(Files.exists(run));
  }

  @Test
  void missingDataAreNamedAndTheirShapeIsKnown() {
    assertEquals(0, run("train", "cifar10", SMALL, "--dry-run", "--no-estimate"), this::printed);
    List<String> lines = out.toString().lines().toList();
    assertTrue(lines.get(0).contains("data/cifar"));
    assertTrue(lines.get(1).startsWith("examples of size 3x32x32; generator "), this::printed);
    assertEquals(1, run("train", "cifar10", "--run", folder.resolve("run").toString()));
    assertTrue(err.toString().contains("is missing"), this::printed);
  }

  @Test
  void conditionalNetworksOfMissingDataHaveTheRightSize() {
    String[] plain = {"train", "cifar10", SMALL, "--dry-run", "--no-estimate"};
    assertEquals(0, run(plain), this::printed);
    long unconditional = parameters();
    String[] conditional = {
      "train",
      "cifar10",
      SMALL,
      "--dry-run",
      "--no-estimate",
      "discriminator.class-conditional=true"
    };
    assertEquals(0, run(conditional), this::printed);
    // A row for each of the ten classes, as wide as the last layer's input.
    assertEquals(10 * 512, parameters() - unconditional);
  }

  @Test
  void unsuitableRunFolderIsRefused() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "not a run");
    String[] words = {"train", "smoke", "--run", folder.toString(), "--dry-run", "--no-estimate"};
    assertEquals(1, run(words), this::printed);
    assertTrue(err.toString().contains("is neither empty nor a run"), this::printed);
  }

  private long parameters() {
    String last = out.toString().lines().reduce((a, b) -> b).orElseThrow();
    String number = last.replaceFirst(".*discriminator ([0-9,]+);.*", "$1");
    return Long.parseLong(number.replace(",", ""));
  }

  @Test
  void missingDataOfUnknownShapeAreAnError() {
    String[] data = {"data=null", "data={type = points, file = nowhere.csv}"};
    assertEquals(1, run("train", "gaussians-25", data[0], data[1], "--dry-run"), this::printed);
    assertTrue(err.toString().contains("nowhere.csv"), this::printed);
  }

  @Test
  void missingDataOfUnknownClassesAreTheOnlyProblem() {
    String data = "data={type=image-folder, folder=\"%s\", size=32, labels=folders}";
    String[] words = {"train", "fashion-mnist", data.formatted(folder), SMALL, "--dry-run"};
    assertEquals(1, run(words), this::printed);
    assertEquals(
        "ddgan: %s has no PNG, JPEG, BMP or WebP files in it or its subfolders\n".formatted(folder),
        err.toString());
    words[3] = "generator.base-channels=7";
    assertEquals(2, run(words), this::printed);
    assertTrue(err.toString().contains("command line: generator: "), this::printed);
  }

  @Test
  void reportsTrainingsThatDoNotFitInMemory() throws IOException {
    try (Framework framework = new Framework()) {
      Setup setup = setup(framework);
      Backend backend = new Backend("CpuBackend", 1, 1);
      DryRun dry = new DryRun(framework.experiments(), new PrintWriter(out, true));
      NativeMemory small = new NativeMemory(4 << 20, 4 << 20);
      ConfigurationException refused =
          assertThrows(
              ConfigurationException.class,
              () -> dry.estimate(setup, new DryRun.Known(POINT, 0), backend, small));
      assertEquals("training.batch-size", refused.problems().get(0).key());
    }
  }

  @Test
  void unusableDataAreRefused() throws IOException {
    Path file = folder.resolve("data_batch_1.bin");
    for (int i = 1; i <= 5; i++) {
      Files.write(folder.resolve("data_batch_%d.bin".formatted(i)), new byte[i == 1 ? 7 : 3073]);
    }
    assertEquals(
        1,
        run("train", "cifar10", "data.folder=" + folder, "--dry-run", "--no-estimate"),
        this::printed);
    assertTrue(err.toString().startsWith("ddgan: " + file), this::printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "generator.width=100000 generator.layers=3 | generator: has 20,003,100,002 parameters; training all networks takes at least 305,226 MiB of memory, ",
        "discriminator.width=2147483647 | discriminator: too large: parameter hidden2.weight would have the shape [2147483647, 2147483647]",
        "generator.layers=100000000 | generator: too many layers: the first 20,000 parameter arrays hold 657,861,120 parameters",
        "generator.time-embedding-size=2147483646 | generator: too large: an embedding of the time has at most 1,000,000 numbers, not 2,147,483,646",
        "training.batch-size=2147483647 | training.batch-size: 2,147,483,647 examples do not fit",
        "training.sample-count=2147483647 | training.sample-count: 2,147,483,647 examples do not fit"
      })
  void networksTooLargeForAnyMachineAreRefused(String keys, String message) {
    Path run = folder.resolve("run");
    List<String> words =
        new ArrayList<>(List.of("train", "gaussians-25", "data.points-per-mode=10"));
    words.addAll(List.of(keys.split(" ")));
    words.addAll(List.of("--run", run.toString()));
    assertEquals(2, run(words.toArray(String[]::new)), this::printed);
    words.addAll(List.of("--dry-run", "--no-estimate"));
    assertEquals(2, run(words.toArray(String[]::new)), this::printed);
    List<String> lines = err.toString().lines().toList();
    assertEquals(2, lines.size(), this::printed);
    assertTrue(
        lines.get(0).matches("ddgan: (command line|presets/gaussians-25.conf:\\d+): .*"),
        this::printed);
    assertTrue(lines.get(0).contains(": " + message), this::printed);
    assertEquals(lines.get(0), lines.get(1));
    assertFalse(Files.exists(run));
  }

  private static Setup setup(Framework framework) {
    return framework.setup(framework.experiment("gaussians-25", List.of()));
  }

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private String printed() {
    return out + "\n" + err;
  }
}
