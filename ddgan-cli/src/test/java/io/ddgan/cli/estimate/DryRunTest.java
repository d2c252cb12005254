package io.ddgan.cli.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.cli.Framework;
import io.ddgan.cli.Main;
import io.ddgan.cli.environment.Backend;
import io.ddgan.train.experiment.Setup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class DryRunTest {

  private static final DataShape POINT = DataShape.point(2);

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"gaussians-25", "gaussians-25-ddpm"})
  void saysWhatWouldBeTrainedAndWhatThatTakesAndWritesNothing(String preset) {
    Path run = folder.resolve("run");
    String[] args = {"train", preset, "--dry-run", "--run", run.toString(), "training.batch=1"};
    assertEquals(0, run(args), this::printed);
    List<String> lines = out.toString().lines().toList();
    assertTrue(lines.get(0).contains(" points in 2 dimensions; "), this::printed);
    assertTrue(
        lines
            .get(2)
            .matches(
                "estimated on this machine \\(CpuBackend, \\d+ threads?\\): needs about .* [GM]iB of memory \\(this machine has .* GiB\\) and .* per step, .* for all [0-9,]+ steps"),
        this::printed);
    assertFalse(Files.exists(run));
  }

  @Test
  void dataThatAreMissingAreNamedAndTheirShapeIsKnown() {
    assertEquals(0, run("train", "cifar10", "--dry-run", "--no-estimate"), this::printed);
    List<String> lines = out.toString().lines().toList();
    assertTrue(lines.get(0).startsWith("the data cannot be opened here: data/cifar"));
    assertTrue(lines.get(1).startsWith("examples of size 3x32x32; generator "), this::printed);
    assertEquals(1, run("train", "cifar10", "--run", folder.resolve("run").toString()));
    assertTrue(err.toString().contains("is missing"), this::printed);
  }

  @Test
  void networksThatSeeTheClassOfDataThatAreMissingHaveTheirNumberOfParameters() {
    String[] plain = {"train", "cifar10", "--dry-run", "--no-estimate"};
    assertEquals(0, run(plain), this::printed);
    long unconditional = parameters();
    String[] conditional = {
      "train", "cifar10", "--dry-run", "--no-estimate", "discriminator.class-conditional=true"
    };
    assertEquals(0, run(conditional), this::printed);
    // A row for each of the ten classes, as wide as the last layer's input.
    assertEquals(10 * 512, parameters() - unconditional);
  }

  private long parameters() {
    String last = out.toString().lines().reduce((a, b) -> b).orElseThrow();
    String number = last.replaceFirst(".*discriminator ([0-9,]+);.*", "$1");
    return Long.parseLong(number.replace(",", ""));
  }

  @Test
  void dataThatAreMissingAndOfUnknownShapeAreAnError() {
    String[] data = {"data=null", "data={type = points, file = nowhere.csv}"};
    assertEquals(1, run("train", "gaussians-25", data[0], data[1], "--dry-run"), this::printed);
    assertTrue(err.toString().contains("nowhere.csv"), this::printed);
  }

  @Test
  void aMachineWithoutRoomForTheWeightsIsNotAskedToTrain() throws IOException {
    try (Framework framework = new Framework()) {
      MachineMemory small = new MachineMemory(1 << 20, 1 << 20);
      TrainingEstimate estimate = new Estimator(setup(framework), POINT, 0, small).estimate();
      assertEquals(Optional.empty(), estimate.time());
      assertEquals((139_010 + 137_217) * 4L * Float.BYTES, estimate.memory());
    }
  }

  @Test
  void whatDoesNotFitInMemoryIsSaid() throws IOException {
    try (Framework framework = new Framework()) {
      new DryRun(setup(framework), new Backend("CpuBackend", 1, 1), new PrintWriter(out, true))
          .estimate(new DryRun.Known(POINT, 0), new MachineMemory(4 << 20, 4 << 20));
    }
    assertTrue(
        out.toString().contains(" of memory (this machine has 4.0 MiB) and "), this::printed);
    assertTrue(out.toString().contains("does not fit"), this::printed);
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
