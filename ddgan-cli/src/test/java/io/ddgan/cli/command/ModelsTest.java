package io.ddgan.cli.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.app.models.Models;
import io.ddgan.cli.CommandTest;
import io.ddgan.cli.PointsExperiment;
import io.ddgan.eval.records.EvaluationFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Export of models and their names. Runs in isolation, as the models' folder is a system property.
 */
@Tag("slow")
@Isolated
class ModelsTest extends CommandTest {

  private static final Path SHIPPED = Path.of("src/main/dist/models");
  private static final String CARD =
      """
      makes = points of a few steps
      data = none of anybody's
      licence = Apache-2.0
      training = moments
      limits = it has learnt nothing
      """;

  @TempDir private static Path trained;

  @TempDir private Path folder;

  private Path run;
  private Path models;

  @BeforeAll
  static void train() throws IOException {
    PointsExperiment.train(trained, ModelFoldersTest.EXPERIMENT, "run");
  }

  @BeforeEach
  void copyRun() throws IOException {
    FileUtils.copyDirectory(trained.toFile(), folder.toFile());
    models = Files.createDirectory(folder.resolve("models"));
    System.setProperty(Models.PROPERTY, models.toString());
    run = folder.resolve("run");
    call("export", run.toString(), "--model", models.resolve("small").toString());
  }

  @AfterEach
  void forgetModels() {
    System.clearProperty(Models.PROPERTY);
  }

  @Test
  void modelHasTheSamplesAndEvaluationsOfItsRun() throws IOException {
    assertArrayEquals(samples(run.toString()), samples("small"));
    Path evaluations = models.resolve("small/evaluation.csv");
    List<String> all = Files.readAllLines(run.resolve("evaluation.csv"));
    List<String> latest = all.stream().filter(line -> !line.startsWith("2,")).toList();
    assertTrue(latest.size() < all.size());
    assertEquals(latest, Files.readAllLines(evaluations));
    assertTrue(
        Files.readString(models.resolve("small/provenance.json")).contains("\"exported-from\""));
  }

  @Test
  void modelIsSmallerThanItsRunAndCannotBeResumed() throws IOException {
    try (var parts = Files.list(models.resolve("small/checkpoints/00000004"))) {
      assertEquals(
          List.of("ema.safetensors", "state.json"),
          parts.map(part -> part.getFileName().toString()).sorted().toList());
    }
    String small = models.resolve("small").toString();
    assertEquals(1, run("train", "--resume", "--run", small, "--steps", "6"));
    assertTrue(printed().contains("small is a model"), this::printed);
    assertFalse(Files.exists(models.resolve("small/progress.json")), "it is as it was");
    assertEquals(1, run("sample", small, "--raw"));
    assertTrue(printed().contains("no part generator"), this::printed);
  }

  @Test
  void exportReplacesNothingAndAModelExportsToItself() throws IOException {
    Path copy = folder.resolve("copy");
    call("export", "small", "--model", copy.toString());
    for (String file : List.of("provenance.json", "evaluation.csv", "experiment.conf")) {
      assertEquals(-1, Files.mismatch(models.resolve("small").resolve(file), copy.resolve(file)));
    }
    assertEquals(1, run("export", run.toString(), "--model", copy.toString()));
    assertTrue(printed().contains("choose another folder with --model"), this::printed);
  }

  @Test
  void trainingStartsFromTheWeightsOfAModel() throws IOException {
    String begun = folder.resolve("begun").toString();
    call(
        "train",
        folder.resolve("points.conf").toString(),
        "init-from=small",
        "training.learning-rate-generator={from=1e-30,to=1e-30}",
        "--run",
        begun);
    assertArrayEquals(samples("small"), samples(begun));
  }

  @Test
  void runWithoutStepsEvaluatesItsInitialWeights() throws IOException {
    String points = folder.resolve("points.conf").toString();
    String begun = folder.resolve("begun").toString();
    call("train", points, "init-from=small", "training.steps=0", "--run", begun);
    assertArrayEquals(samples("small"), samples(begun));
    assertEquals(
        ModelFoldersTest.values(new EvaluationFiles(models.resolve("small")), 50),
        ModelFoldersTest.values(new EvaluationFiles(Path.of(begun)), 50));

    String untrained = folder.resolve("untrained").toString();
    call("train", points, "training.steps=0", "evaluation.metrics=[]", "--run", untrained);
    assertTrue(samples(untrained).length > 0);
    call("train", points, "training.steps=0", "--dry-run");
    assertTrue(printed().contains("training.steps"), this::printed);
  }

  @Test
  void nameIsAModelUnlessAFolderExists() throws IOException {
    call("export", "small", "--out", folder.resolve("weights.npz").toString());
    call("compare", "small", run.toString());
    assertEquals(1, run("sample", "another"));
    assertTrue(printed().contains("another does not exist; start a run"), this::printed);
  }

  @Test
  void evaluationsOfAModelArePrintedAndNotStored() throws IOException {
    String before = Files.readString(models.resolve("small/evaluation.csv"));
    call("evaluate", "small", "--metrics", "timing");
    assertTrue(printed().contains("never changed"), this::printed);
    assertTrue(printed().contains("seconds-per-100"), this::printed);
    assertEquals(before, Files.readString(models.resolve("small/evaluation.csv")));
    assertEquals(1, run("evaluate", "small", run.toString(), "--metrics", "timing"));
    assertTrue(printed().contains("evaluate it alone"), this::printed);
  }

  @Test
  void modelsAreListedAndDescribed() throws IOException {
    Files.writeString(models.resolve("small/card.conf"), CARD);
    call("models");
    assertTrue(printed().matches("(?s).*\nsmall  points of a few steps  4 .*"), this::printed);
    call("models", "small");
    assertTrue(printed().contains("limits    it has learnt nothing\n"), this::printed);
    assertTrue(printed().contains("modes-covered"), this::printed);
    assertTrue(run("models", "smal") > 0, this::printed);
    FileUtils.copyDirectory(
        models.resolve("small").toFile(), models.resolve("No name of a model").toFile());
    call("models");
    Files.writeString(models.resolve("small/card.conf"), CARD + "\ndraft = true");
    call("models");
    assertTrue(printed().contains("drafts, whose limits to read first: small\n"), this::printed);
    Files.writeString(models.resolve("small/card.conf"), "makes = points");
    assertEquals(2, run("models", "small"));
    assertTrue(printed().contains("card.conf: limits: "), this::printed);
  }

  @Test
  void bundledModelsHaveCardsAndGenerateSamples() throws IOException {
    Models shipped = new Models(Optional.of(SHIPPED));
    System.setProperty(Models.PROPERTY, SHIPPED.toString());
    assertFalse(shipped.names().isEmpty());
    call("models");
    for (String name : shipped.names()) {
      call("models", name);
      assertTrue(samples(name).length > 0);
      assertFalse(Files.exists(SHIPPED.resolve(name).resolve("samples")));
    }
  }

  @Test
  void bundledModelsAreFineTunedOnOtherImages() {
    System.setProperty(Models.PROPERTY, SHIPPED.toString());
    for (String model : List.of("fashion-mnist", "mnist", "cifar-10 data.channels=3")) {
      String[] more = ("--dry-run --no-estimate init-from=" + model).split(" ");
      assertEquals(0, run(List.of("train", "fine-tune"), more), this::printed);
    }
    String differing =
        "99 % of its weights from there; these start as in a new run: z_transform.1.weight [64, 50] instead of [64, 100];";
    assertEquals(4, printed().split(Pattern.quote(differing)).length, this::printed);
    assertEquals(4, printed().split("discriminator: starts as in a new run").length);
  }

  private byte[] samples(String which) throws IOException {
    Path file = folder.resolve("samples.npz");
    call(
        "sample",
        which,
        "--count",
        "4",
        "--batch-size",
        "4",
        "--seed",
        "3",
        "--out",
        file.toString());
    return Files.readAllBytes(file);
  }
}
