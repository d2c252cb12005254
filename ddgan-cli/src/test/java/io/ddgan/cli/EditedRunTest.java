package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.internal.file.Sha256;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs whose {@code experiment.conf} was changed by hand. */
@Tag("slow")
class EditedRunTest extends CommandTest {

  @TempDir static Path trained;

  @TempDir Path folder;

  @BeforeAll
  static void train() throws IOException {
    String keys = "training.iterations = 4, schedule.steps = 2, executor = nd4j, seed = 3";
    PointsExperiment.train(trained, keys, "run");
  }

  @BeforeEach
  void copyRun() throws IOException {
    FileUtils.copyDirectory(trained.toFile(), folder.toFile());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "steps = 2, schedule.steps, 3, 2",
    "seed = 3, seed, 4, 3",
    "batch = 64, training.batch, 32, 64",
    "deviation = 0.05, data.deviation, 0.1, 0.05"
  })
  void trainingDoesNotGoOnWithAnotherConfiguration(
      String line, String key, String now, String before) throws IOException {
    int number = edit(line, line.replaceFirst("= .*", "= " + now));
    assertEquals(2, resume());
    assertEquals(
        "ddgan: %s:%d: %s: is %s, but the run was trained with %s, says provenance.json; set it back, or train another run\n"
            .formatted(experiment(), number, key, now, before),
        printed());
  }

  @Test
  void samplesAreNotDrawnWithAnotherScheduleThanTrained() throws IOException {
    edit("steps = 2", "steps = 3");
    for (String command : List.of("sample", "evaluate")) {
      assertEquals(2, run(command, path()));
      assertTrue(printed().contains("schedule.steps: is 3, but the run was trained with 2"));
    }
    assertFalse(Files.exists(folder.resolve("run/samples")));
  }

  @Test
  void whatNoWeightDependsOnMayBeChanged() throws IOException {
    edit("checkpoints-kept = 3", "checkpoints-kept = 5");
    edit("executor {", "executor { ");
    assertEquals(0, resume(), this::printed);
    edit("seed = 3", "seed = 4");
    assertEquals(0, run("sample", path(), "--count", "2"), this::printed);
  }

  @Test
  void aRunIsNotGivenFewerStepsByHand() throws IOException {
    edit("iterations = 4", "iterations = 3");
    assertEquals(2, resume());
    assertTrue(printed().contains("training.iterations: is 3, but the run was trained with 4"));
    assertTrue(printed().contains("with train --resume --iterations N"));
  }

  @Test
  void aLengthThatAKilledProcessHasNotedButNotWrittenIsNoEdit() throws IOException {
    String before = Files.readString(experiment());
    assertEquals(0, run("train", "--resume", "--run", path(), "--iterations", "6"));
    PathUtils.delete(folder.resolve("run/checkpoints/00000006"));
    Files.writeString(experiment(), before);
    assertEquals(0, resume(), this::printed);
    assertEquals(0, run("train", "--resume", "--run", path(), "--iterations", "6"), this::printed);
  }

  @Test
  void aDamagedProvenanceIsNamedByWhateverReadsIt() throws IOException {
    Path provenance = new RunFolder(folder.resolve("run")).provenance();
    String whole = Files.readString(provenance);
    for (String damaged : List.of(whole.substring(0, 100), "{\"configuration\" : 3}")) {
      Files.writeString(provenance, damaged);
      assertEquals(1, resume());
    }
    Files.writeString(provenance, whole.substring(0, 100));
    for (String command : List.of("report", "compare")) {
      assertEquals(1, run(command, path()));
      assertTrue(
          err.toString()
              .endsWith(
                  provenance
                      + " does not say where a run comes from; rename it to go on without it\n"),
          this::printed);
    }
  }

  private Path experiment() {
    return new RunFolder(folder.resolve("run")).experiment();
  }

  /** Changes a line, and says which it is. */
  private int edit(String before, String now) throws IOException {
    String text = Files.readString(experiment());
    assertTrue(text.contains(before + "\n"), text);
    Files.writeString(experiment(), text.replace(before + "\n", now + "\n"));
    return (int) text.substring(0, text.indexOf(before) + 1).lines().count();
  }

  private Map<String, String> content() throws IOException {
    try (var files = Files.walk(folder.resolve("run"))) {
      return files
          .filter(Files::isRegularFile)
          .collect(Collectors.toMap(Path::toString, EditedRunTest::hash));
    }
  }

  private static String hash(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String path() {
    return folder.resolve("run").toString();
  }

  private int resume() {
    return run("train", "--resume", "--run", path());
  }
}
