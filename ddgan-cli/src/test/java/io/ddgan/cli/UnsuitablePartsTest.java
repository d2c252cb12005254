package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Components that do not fit each other or the data are reported before anything is written. */
@Tag("slow")
class UnsuitablePartsTest extends CommandTest {

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "evaluation.metrics = [inception-score] | evaluation.metrics  | inception-score needs class probabilities, but evaluation.features",
        "evaluation { metrics = [fid], features.type = inception } | evaluation.features | inception needs images of 1 or 3 channels",
        "evaluation { metrics = [fid], features.type = classifier } | evaluation.features | a classifier needs labelled images",
        "evaluation { samples = 1, metrics = [fid] } | evaluation.metrics | fid needs at least 2 generated examples",
        "evaluation.metrics = [intra-fid] | evaluation.metrics | intra-fid needs data with classes, such as fashion-mnist",
        "generator = ncsnpp     | generator     | ncsnpp with 4 channel-multipliers needs images",
        "discriminator = small  | discriminator | this discriminator needs images",
        "augmentation = flip | augmentation | flip is for images, but the data have the shape 2",
        "augmentation = [noise, rotation, cutout] | augmentation | cutout is for images, but the data have the shape 2",
        "augmentation { type = noise, std = { target = 1, monitor = moon } } | augmentation | the adaptive value augmentation-std follows the signal moon",
        "objective = denoising, parameterization = epsilon, augmentation = noise | augmentation | this objective augments no examples; set augmentation = []",
        "sampler { type = ddim, steps = 5 } | sampler | steps must be at most the 4 steps",
      })
  void everyCommandReportsThemWithFileLineAndKey(String keys, String key, String message)
      throws IOException {
    PointsExperiment.write(folder, "training.steps = 1\n" + keys);
    long line = Files.readAllLines(folder.resolve("points.conf")).size();
    Path sweep = Files.writeString(folder.resolve("sweep.conf"), "base = points.conf");
    String expected = "ddgan: %s:%d: %s: %s".formatted(path("points.conf"), line, key, message);
    for (String[] command :
        new String[][] {
          {"train", path("points.conf"), "--run", path("run")},
          {"train", path("points.conf"), "--run", path("run"), "--dry-run", "--no-estimate"},
          {"sweep", sweep.toString(), "--out", path("sweep")},
          {"sweep", sweep.toString(), "--out", path("sweep"), "--dry-run", "--no-estimate"}
        }) {
      assertEquals(2, run(command), this::printed);
      assertTrue(printed().startsWith(expected), this::printed);
    }
    assertFalse(Files.exists(folder.resolve("run")));
    assertFalse(Files.exists(folder.resolve("sweep")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "sweep", "reproduce", "sample", "evaluate", "bench"})
  void invalidThreadsAreReportedForTheOption(String command) {
    assertEquals(2, run(command, path("run"), "--threads", "0"), this::printed);
    assertTrue(printed().contains("'--threads'"), this::printed);
  }

  @Test
  void unsuitableSamplerIsReportedWithItsPlace() throws IOException {
    PointsExperiment.write(folder, "training.steps = 1");
    call("train", path("points.conf"), "--run", path("run"));
    for (String command : List.of("sample", "evaluate")) {
      assertEquals(2, run(command, path("run"), "sampler.type=ddim", "sampler.steps=5"));
      assertTrue(
          err.toString().startsWith("ddgan: command line: sampler: steps must be at most the 4"),
          this::printed);
    }
  }

  @Test
  void runThatFailedBeforeItsFirstStepIsReplaced() throws IOException {
    PointsExperiment.write(folder, "training.steps = 1");
    String[] command = {"train", path("points.conf"), "--run", path("run"), "penalty.gamma=1e300"};
    assertEquals(1, run(command), this::printed);
    assertTrue(Files.exists(folder.resolve("run/experiment.conf")));
    command[4] = "penalty.gamma=0.1";
    call(command);
    assertTrue(Files.exists(folder.resolve("run/checkpoints/00000001")));
    assertEquals(1, run(command));
    assertTrue(printed().contains("already exists"), this::printed);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
