package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.contract.Warnings;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Resumed runs with an edited {@code experiment.conf}, or with missing or damaged files. Runs in
 * isolation, as it reads warnings.
 */
@Isolated
@Tag("slow")
class EditedRunTest extends CommandTest {

  @TempDir static Path trained;

  @TempDir Path folder;
  private RunFolder run;

  @BeforeAll
  static void train() throws IOException {
    String keys =
        "training.steps = 4, training.checkpoint-every = 2, schedule.steps = 2, executor = nd4j, seed = 3";
    PointsExperiment.train(trained, keys, "run");
  }

  @BeforeEach
  void copyRun() throws IOException {
    FileUtils.copyDirectory(trained.toFile(), folder.toFile());
    run = new RunFolder(folder.resolve("run"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "steps = 2, schedule.steps, 3, 2",
    "seed = 3, seed, 4, 3",
    "batch-size = 64, training.batch-size, 32, 64",
    "std = 0.05, data.std, 0.1, 0.05"
  })
  void editedConfigurationIsNotResumed(String line, String key, String now, String before)
      throws IOException {
    int number = edit(line, line.replaceFirst("= .*", "= " + now));
    assertEquals(2, resume());
    String place = "ddgan: %s:%d: %s: ".formatted(run.experiment(), number, key);
    assertTrue(printed().startsWith(place), this::printed);
    assertTrue(printed().contains("is %s, but the run was trained with %s".formatted(now, before)));
  }

  @Test
  void samplingWithAnEditedScheduleIsRefused() throws IOException {
    edit("steps = 2", "steps = 3");
    for (String command : List.of("sample", "evaluate")) {
      assertEquals(2, run(command, path()));
      assertTrue(printed().contains("schedule.steps: is 3, but the run was trained with 2"));
    }
    assertFalse(Files.exists(folder.resolve("run/samples")));
  }

  @Test
  void keysThatDoNotAffectWeightsMayBeEdited() throws IOException {
    edit("keep-checkpoints = 3", "keep-checkpoints = 5");
    edit("executor {", "executor { ");
    assertEquals(0, resume(), this::printed);
    edit("seed = 3", "seed = 4");
    call("sample", path(), "--count", "2");
  }

  @Test
  void editedNumberOfStepsIsRefused() throws IOException {
    edit("steps = 4", "steps = 3");
    assertEquals(2, resume());
    assertTrue(printed().contains("training.steps: is 3, but the run was trained with 4"));
    assertTrue(printed().contains("train --resume --steps N"));
  }

  @Test
  void lengthNotedByAKilledProcessIsNotAnEdit() throws IOException {
    String before = Files.readString(run.experiment());
    assertEquals(0, resume("--steps", "6"));
    PathUtils.delete(folder.resolve("run/checkpoints/00000006"));
    Files.writeString(run.experiment(), before);
    assertEquals(0, resume(), this::printed);
    assertEquals(0, resume("--steps", "6"), this::printed);
  }

  @Test
  void damagedProvenanceIsReported() throws IOException {
    Path provenance = run.provenance();
    String whole = Files.readString(provenance);
    for (String damaged : List.of(whole.substring(0, 100), "{\"configuration\" : 3}")) {
      Files.writeString(provenance, damaged);
      assertEquals(1, resume());
    }
    Files.writeString(provenance, whole.substring(0, 100));
    for (String command : List.of("report", "compare")) {
      assertEquals(1, run(command, path()));
      assertTrue(err.toString().contains(provenance + " is not a run's provenance"), this::printed);
    }
  }

  @Test
  void movedDataAreNamedOnResumeAndNotNeededForSamples() throws IOException {
    Path points = Files.writeString(folder.resolve("points.csv"), "1,2\n3,4\n-1,0\n");
    String data = "data = null, data { type = points, file = ${here}/points.csv }";
    PointsExperiment.train(folder, "training { steps = 2, batch-size = 4 }\n" + data, "moved");
    Path moved = Files.move(points, folder.resolve("elsewhere.csv"));
    String place = folder.resolve("moved").toString();
    call("sample", place, "--count", "3");
    String note = "note: the picture shows no data: cannot read %s".formatted(points);
    assertTrue(printed().contains(note), this::printed);
    String[] resumed = {"train", "--resume", "--run", place, "--steps", "3", "data.file=" + moved};
    assertEquals(List.of(), Warnings.of(() -> call(resumed)));
    Files.writeString(moved, "5,6\n");
    resumed[5] = "4";
    List<String> warnings = Warnings.of(() -> call(resumed));
    assertTrue(warnings.get(0).startsWith("the data are not those of the steps so far"));
    resumed[6] = "data.type=points";
    assertEquals(2, run(resumed));
  }

  /** Changes a line and returns its number. */
  private int edit(String before, String now) throws IOException {
    String text = Files.readString(run.experiment());
    assertTrue(text.contains(before + "\n"), text);
    Files.writeString(run.experiment(), text.replace(before + "\n", now + "\n"));
    return (int) text.substring(0, text.indexOf(before) + 1).lines().count();
  }

  private String path() {
    return folder.resolve("run").toString();
  }

  @Test
  void runDoesNotStartOverIfItsCheckpointsAreMissing() throws IOException {
    String metrics = Files.readString(run.metrics());
    PathUtils.delete(run.checkpoints());
    for (int i = 0; i < 2; i++) {
      assertEquals(1, resume());
      assertTrue(printed().contains(run.checkpoints().toString()), this::printed);
      assertTrue(printed().contains("--run"), this::printed);
    }
    assertEquals(metrics, Files.readString(run.metrics()));
    assertFalse(Files.exists(run.checkpoints()));
  }

  @Test
  void missingMetricsAreReportedOnResume() throws IOException {
    assertEquals(List.of(), warnings("--steps", "4"));
    Files.delete(run.metrics());
    List<String> lost = warnings();
    assertEquals(1, lost.size());
    assertTrue(lost.get(0).startsWith(run.metrics() + " is missing"), lost.get(0));
    assertEquals(lost, warnings("--steps", "6"));
    assertTrue(Files.readString(run.metrics()).lines().count() == 2, "a row for the end");
  }

  @Test
  void failureBeforeTheFirstStepChangesNoConfiguration() throws IOException {
    String experiment = Files.readString(run.experiment());
    String provenance = Files.readString(run.provenance());
    String metrics = Files.readString(run.metrics());
    for (String step : List.of("00000002", "00000004")) {
      Path weights = run.checkpoints().resolve(step).resolve("generator.safetensors");
      Files.write(weights, new byte[100]);
    }
    assertEquals(1, resume("--steps", "6"));
    assertTrue(printed().contains("is damaged"), this::printed);
    assertEquals(experiment, Files.readString(run.experiment()));
    assertEquals(provenance, Files.readString(run.provenance()));
    assertEquals(metrics, Files.readString(run.metrics()));
  }

  /** Resumes the run and returns the warnings. */
  private List<String> warnings(String... options) throws IOException {
    return Warnings.of(() -> assertEquals(0, resume(options), this::printed));
  }

  private int resume(String... options) {
    return run(List.of("train", "--resume", "--run", path()), options);
  }
}
