package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.eval.records.EvaluationFiles;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.train.run.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with more steps than at their start, and runs started from the weights of others. */
@Tag("slow")
class ContinuedRunTest extends CommandTest {

  private static final String CONSTANT_RATES =
      "training { learning-rate-generator = 1e-3, learning-rate-discriminator = 1e-3, learning-rate-end = 1e-3 }\n";

  private static final String[] DENOISER = {
    "schedule.steps=40",
    "objective={type=denoising,latent-distribution=none}",
    "discriminator=null",
    "loss=null",
    "penalty=[]",
    "parameterization=epsilon",
    "evaluation.metrics=[]"
  };

  @TempDir Path folder;

  @BeforeEach
  void writeExperiment() throws IOException {
    write("");
  }

  private void write(String more) throws IOException {
    PointsExperiment.write(
        folder,
        """
        training { steps = 10, log-every = 5, checkpoint-every = 5 }
        evaluation { metrics = [{ type = modes, samples = 50 }] }
        """
            + more);
  }

  @Test
  void constantRatesAreExtendedBitForBit() throws IOException {
    write(CONSTANT_RATES);
    assertEquals(0, train("long", "training.steps=20"), this::printed);
    assertEquals(0, train("short"), this::printed);
    assertEquals(0, resume("short", "--steps", "20"), this::printed);
    assertTrue(printed().contains("20 steps instead of 10"), this::printed);
    assertSameWeights("long", "short", 20);
    assertTrue(read("short/experiment.conf").contains("steps = 20\n"));
    assertEquals(
        List.of(Map.of("from-step", 10, "steps", 20, "instead-of", 10)),
        Provenance.read(folder.resolve("short/provenance.json")).origin().get("lengths"));
    assertEquals(
        Set.of(10L, 20L),
        new EvaluationFiles(folder.resolve("short"))
            .read().stream()
                .map(measured -> measured.subject().checkpoint().orElseThrow())
                .collect(Collectors.toSet()),
        "the evaluation at the first end stays");
    assertEquals(1, run("reproduce", path("short")));
    assertTrue(printed().contains("number of steps was changed"), this::printed);
  }

  @Test
  void decayingRatesReportTheEffectOfAnotherLength() throws IOException {
    assertEquals(0, train("run"), this::printed);
    assertEquals(0, resume("run", "--steps", "12"), this::printed);
    assertTrue(
        printed()
            .contains("(training.learning-rate-generator, training.learning-rate-discriminator)"),
        this::printed);
    assertTrue(Files.exists(folder.resolve("run/checkpoints/00000012")));
    assertEquals(0, resume("run"), this::printed);
  }

  @Test
  void runIsNotShortenedBelowItsDoneSteps() throws IOException {
    assertEquals(0, train("run"), this::printed);
    String before = read("run/experiment.conf");
    assertEquals(1, resume("run", "--steps", "7"));
    assertTrue(printed().contains("has done 10 steps"));
    assertEquals(2, train("other", "--steps", "7"));
    assertTrue(printed().contains("training.steps=N"));
    assertEquals(before, read("run/experiment.conf"));
  }

  @Test
  void warmStartIsResumedAndReproducedBitForBit() throws IOException {
    assertEquals(0, train("first"), this::printed);
    String[] second = {
      "--init-from", path("first") + "@5", "seed=4", "loss=hinge", "generator.latent-size=3"
    };
    assertEquals(0, train("whole", second), this::printed);
    String start =
        "\nstarts from the weights of step 5 of %s\ngenerator: ".formatted(path("first"));
    assertTrue(printed().contains(start), this::printed);
    assertTrue(read("whole/log.txt").contains(start.strip()));
    String provenance = read("whole/provenance.json");
    assertTrue(provenance.contains("initialised-from"), provenance);

    assertEquals(0, train("stopped", second), this::printed);
    delete("stopped/checkpoints/00000010");
    assertEquals(0, resume("stopped"), this::printed);
    assertSameWeights("whole", "stopped", 10);

    call("reproduce", path("whole"));
    assertTrue(printed().contains("reproduced: weights and metrics are equal"), this::printed);

    delete("first/checkpoints/00000005");
    assertEquals(1, run("reproduce", path("whole"), "--out", path("again")));
    assertTrue(printed().contains("no checkpoint of step 5"), this::printed);
  }

  @Test
  void whatFitsIsLoadedAndTheRestStartsAsInANewRun() throws IOException {
    assertEquals(0, train("first"), this::printed);
    List<String> keys =
        List.of(
            "train",
            path("points.conf"),
            "generator.latent-size=3",
            "generator.layers=2",
            "training.steps=0",
            "evaluation.metrics=[]",
            "seed=4");
    assertEquals(0, run(keys, "--run", path("new")), this::printed);
    assertEquals(0, run(keys, "--run", path("begun"), "--init-from", path("first")), this::printed);
    assertTrue(
        printed()
            .matches(
                "(?s).*\ngenerator: has \\d+ % of its weights from there; these start as in a new run: hidden0.weight \\[16, \\d+] instead of \\[16, \\d+]; left out: hidden2.bias, hidden2.weight\n.*"),
        this::printed);
    for (String part : List.of("/generator", "/ema")) {
      String begun = "begun/checkpoints/00000000" + part;
      String fresh = "new/checkpoints/00000000" + part;
      String learnt = "first/checkpoints/00000010" + part;
      assertEquals(tensor(fresh, "hidden0.weight"), tensor(begun, "hidden0.weight"));
      for (String name : List.of("hidden0.bias", "hidden1.weight", "output.weight")) {
        assertEquals(tensor(learnt, name), tensor(begun, name), name);
      }
    }
  }

  @Test
  void repeatedWarmStartCommandResumesTheRun() throws IOException {
    assertEquals(0, train("first"), this::printed);
    String[] command = {"--init-from", path("first"), "seed=4", "--auto-resume"};
    assertEquals(0, train("second", command), this::printed);
    List<Object> whole = tensors("second/checkpoints/00000010/ema");
    delete("second/checkpoints/00000010");
    PathUtils.deleteDirectory(folder.resolve("first"));
    assertEquals(0, train("second", command), this::printed);
    assertEquals(whole, tensors("second/checkpoints/00000010/ema"));
    assertEquals(2, train("second", "--init-from", path("first"), "--resume"));
    assertTrue(printed().contains("omit --resume"));
  }

  @Test
  void initialWeightsOfOtherNetworksAreRefused() {
    assertEquals(0, train("first"), this::printed);
    for (String network : List.of("generator", "discriminator")) {
      assertEquals(2, train("other", "init-from=" + path("first"), network + ".width=8"));
      assertTrue(
          printed()
              .contains(
                  "ddgan: command line: init-from: %s does not fit the configuration: it has only 0 %% of the %s's weights"
                      .formatted(path("first"), network)),
          this::printed);
    }
    assertFalse(Files.exists(folder.resolve("other/experiment.conf")));
    assertEquals(2, train("other", "--init-from", ""));
    assertEquals(2, train("other", "--init-from", path("first") + "@7"));
    assertTrue(printed().contains("has no checkpoint of step 7, only of [5, 10]"), this::printed);
  }

  @Test
  void diffusionModelInitialisesAGanWithFrozenLayers() throws IOException {
    assertEquals(0, train("denoiser", DENOISER), this::printed);
    String source = "init-from=" + path("denoiser") + "@5";
    String[] keys = {
      source,
      "schedule.steps=4",
      "parameterization=epsilon",
      "generator.time={scale=10,offset=9}",
      "training.freeze=[\"generator.hidden*.weight\"]",
      "training.optimiser=adamw"
    };
    assertEquals(0, train("few", keys), this::printed);
    assertTrue(printed().contains(" the weights of step 5 of "), this::printed);
    String denoised = "denoiser/checkpoints/00000005/generator";
    String trained = "few/checkpoints/00000010/generator";
    for (String name : List.of("hidden0.weight", "hidden1.weight")) {
      assertEquals(tensor(denoised, name), tensor(trained, name));
    }
    for (String name : List.of("hidden0.bias", "output.weight")) {
      assertFalse(tensor(denoised, name).equals(tensor(trained, name)), name);
    }
    assertEquals(0, train("again", keys), this::printed);
    assertSameWeights("few", "again", 10);
  }

  @Test
  void freezePatternWithoutParametersIsRefused() {
    assertEquals(2, train("run", "training.freeze=[\"generator.hiden0.*\"]"));
    assertTrue(printed().contains("training.freeze: 'generator.hiden0.*' "), this::printed);
    assertEquals(2, train("run", "training.freeze=[\"generator.*\"]"));
    assertTrue(printed().contains("training.freeze: freezes all parameters of the generator"));
    assertFalse(Files.exists(folder.resolve("run")));
  }

  private String tensor(String part, String name) throws IOException {
    return Arrays.toString(
        Safetensors.read(folder.resolve(part + ".safetensors")).tensors().get(name).toArray());
  }

  private List<Object> tensors(String part) throws IOException {
    List<Object> all = new ArrayList<>();
    Safetensors.read(folder.resolve(part + ".safetensors"))
        .tensors()
        .forEach((name, tensor) -> all.addAll(List.of(name, Arrays.toString(tensor.toArray()))));
    return all;
  }

  private void assertSameWeights(String one, String other, int step) throws IOException {
    for (String part : List.of("generator", "discriminator", "ema", "generator-adam-square")) {
      String file = "/checkpoints/%08d/%s.safetensors".formatted(step, part);
      assertEquals(
          -1, Files.mismatch(folder.resolve(one + file), folder.resolve(other + file)), part);
    }
  }

  private void delete(String checkpoint) throws IOException {
    PathUtils.deleteDirectory(folder.resolve(checkpoint));
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private int train(String name, String... more) {
    return run(List.of("train", path("points.conf"), "--run", path(name)), more);
  }

  private int resume(String name, String... more) {
    return run(List.of("train", "--resume", "--run", path(name)), more);
  }
}
