package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.internal.file.Json;
import io.ddgan.internal.weights.PytorchFile;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.internal.weights.WeightFormat;
import io.ddgan.networks.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports and exports checkpoints of the reference implementation. */
@Tag("slow")
class ImportCommandTest extends CommandTest {

  private static final String CHECKPOINT = "checkpoints/00000330/";

  @TempDir Path folder;
  private Path run;
  private Path config;

  @BeforeEach
  void writeExperiment() throws IOException {
    run = folder.resolve("run");
    config = folder.resolve("reference.conf");
    Files.writeString(
        config,
        """
        data.type = example-pixels
        schedule { type = vp, steps = 4 }
        generator {
          type = ncsnpp
          base-channels = 8
          channel-multipliers = [1, 2]
          residual-blocks = 1
          attention-resolutions = [4]
          latent-size = 8
          style-size = 16
          mapping-layers = 2
        }
        discriminator { type = small, base-channels = 4, time-embedding-size = 16 }
        loss.type = non-saturating
        penalty.type = r1
        training {
          batch-size = 4
          steps = 333
          log-every = 1
          sample-every = 0
        }
        """);
  }

  @Test
  void fullTrainingStateIsResumedAndExportedUnchanged() throws IOException {
    assertEquals(0, importState(), this::printed);
    assertEquals(
        "imported step 330 with all training state, for data of shape 3x8x8: %s\nresume with: ddgan train --resume --run %s\n"
            .formatted(run, run),
        out.toString());
    var facts = Json.parse(Files.readString(run.resolve("provenance.json")));
    assertEquals(folder.resolve("content.pth").toString(), facts.get("imported-from"));
    assertEquals(64, facts.get("imported-sha256").toString().length());
    Golden expected = Golden.load("content-expected");
    assertSame(expected, "G.", part("generator"));
    assertSame(expected, "D.", part("discriminator"));
    assertSame(expected, "ema.", part("ema"));
    for (String extension : List.of("pth", "safetensors", "npz")) {
      Path exported = folder.resolve("average." + extension);
      call("export", run.toString(), "--out", exported.toString());
      assertSame(expected, "ema.", WeightFormat.of(exported).read(exported));
    }

    call("train", "--resume", "--run", run.toString());
    List<String> rows = Files.readAllLines(run.resolve("metrics.csv"));
    assertEquals(4, rows.size());
    assertTrue(rows.get(1).startsWith("331,"), rows.get(1));
    for (String network : List.of("generator", "discriminator")) {
      Path weights = run.resolve("checkpoints/00000333/%s.safetensors".formatted(network));
      assertEquals("4", Safetensors.read(weights).metadata().get("updates"));
    }
    call("sample", run.toString(), "--count", "2");
  }

  @Test
  void anotherOptimiserStartsWithTheImportedWeights() throws IOException {
    assertEquals(0, importState("training.optimiser=sgd"), this::printed);
    assertTrue(
        out.toString()
            .startsWith(
                "imported step 330 with all training state except the optimiser's, which is reset,"),
        this::printed);
    assertEquals("0", metadata("generator").get("updates"));
    assertSame(Golden.load("content-expected"), "G.", part("generator"));
  }

  @Test
  void optimiserMomentsAreImported() throws IOException {
    assertEquals(0, importState(), this::printed);
    Map<?, ?> content = (Map<?, ?>) PytorchFile.read(resource("content.pth"));
    for (String network : List.of("generator", "discriminator")) {
      String letter = network.substring(0, 1).toUpperCase(Locale.ROOT);
      Map<?, ?> states = (Map<?, ?>) ((Map<?, ?>) content.get("optimizer" + letter)).get("state");
      assertEquals("1", metadata(network).get("updates"));
      long index = 0;
      for (Object key : ((Map<?, ?>) content.get("net" + letter + "_dict")).keySet()) {
        String name = ((String) key).substring("module.".length());
        Map<?, ?> state = (Map<?, ?>) states.get(index++);
        assertTensor((Tensor) state.get("exp_avg"), part(network + "-adam-mean").get(name));
        assertTensor((Tensor) state.get("exp_avg_sq"), part(network + "-adam-square").get(name));
      }
    }
  }

  @Test
  void importedGeneratorIsItsOwnAverage() throws IOException {
    assertEquals(0, importGenerator(resource("netG_10.pth")), this::printed);
    assertTrue(out.toString().contains("new discriminator"), this::printed);
    assertTrue(out.toString().contains("training starts at step 0"), this::printed);
    Golden expected = Golden.load("generator-default");
    for (String part : List.of("generator", "ema")) {
      Path file = run.resolve("checkpoints/00000000/%s.safetensors".formatted(part));
      assertSame(expected, "param.", Safetensors.read(file).tensors());
    }
    call("sample", run.toString(), "--count", "2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.pth", "x.pt", "x.safetensors", "x.npz"})
  void namesMayHaveThePyTorchPrefixInAnyFormat(String name) throws IOException {
    Map<String, Tensor> wrapped = PytorchFile.readTensors(resource("netG_10.pth"));
    Map<String, Tensor> plain = new HashMap<>();
    wrapped.forEach((key, tensor) -> plain.put(key.substring("module.".length()), tensor));
    Path file = folder.resolve(name);
    WeightFormat.of(file).write(file, plain);
    assertEquals(0, importGenerator(file), this::printed);
    Path back = folder.resolve("back-" + name);
    call("export", run.toString(), "--out", back.toString(), "--module-prefix");
    Map<String, Tensor> read = WeightFormat.of(back).read(back);
    assertEquals(wrapped.keySet(), read.keySet());
    wrapped.forEach((key, tensor) -> assertTensor(tensor, read.get(key)));
  }

  @Test
  void discriminatorMayBeASeparateFile() throws IOException {
    assertEquals(0, importState(), this::printed);
    Path generator = folder.resolve("g.pth");
    Path discriminator = folder.resolve("d.npz");
    for (Path file : List.of(generator, discriminator)) {
      String network = file.equals(generator) ? "generator" : "discriminator";
      call("export", run.toString(), "--out", file.toString(), "--network", network);
    }
    run = folder.resolve("second");
    assertEquals(0, importTo(generator.toString(), "--discriminator", discriminator.toString()));
    assertTrue(out.toString().contains("moving average), discriminator;"), this::printed);
    Golden expected = Golden.load("content-expected");
    Path part = run.resolve("checkpoints/00000000/discriminator.safetensors");
    assertSame(expected, "D.", Safetensors.read(part).tensors());
  }

  @Test
  void optionsOfTheStateAreComparedWithTheConfiguration() throws IOException {
    assertEquals(
        2,
        importState(
            "schedule.steps=2",
            "generator.mapping-layers=3",
            "generator.channel-multipliers=[1,2,2]"));
    for (String override :
        List.of("channel-multipliers=[1,2]", "mapping-layers=2", "schedule.steps=4")) {
      assertTrue(err.toString().contains(override + "\n"), this::printed);
    }
    assertEquals(3, err.toString().lines().count());
    assertFalse(Files.exists(run));
  }

  @Test
  void unsuitableWeightsAreRefusedWithAllDifferences() throws IOException {
    Map<String, Tensor> tensors = new TreeMap<>(PytorchFile.readTensors(resource("netG_10.pth")));
    tensors.remove("module.all_modules.0.bias");
    tensors.put("module.extra", Tensor.of(List.of(1L), 1));
    tensors.put("module.all_modules.1.bias", Tensor.of(List.of(2L), 1, 2));
    Path file = folder.resolve("changed.pth");
    WeightFormat.PYTORCH.write(file, tensors);
    assertEquals(1, importGenerator(file));
    assertEquals(
        """
        ddgan: %s does not fit the configuration
        ddgan: generator, ema: missing: all_modules.0.bias
        ddgan: generator, ema: unexpected: extra
        ddgan: generator, ema: of another shape: all_modules.1.bias [2] instead of [32]
        """
            .formatted(file),
        err.toString());
    assertFalse(Files.exists(run));
  }

  @Test
  void weightsMustBeFinite() throws IOException {
    Map<String, Tensor> tensors = new TreeMap<>(PytorchFile.readTensors(resource("netG_10.pth")));
    float[] bias = tensors.get("module.all_modules.0.bias").toArray();
    bias[3] = Float.NaN;
    tensors.put("module.all_modules.0.bias", Tensor.of(List.of((long) bias.length), bias));
    Path file = folder.resolve("diverged.pth");
    WeightFormat.PYTORCH.write(file, tensors);
    assertEquals(1, importGenerator(file));
    assertTrue(err.toString().contains("not finite: all_modules.0.bias"), this::printed);
    assertFalse(Files.exists(run));
  }

  @Test
  void shapeComesFromTheStateOrTheOption() throws IOException {
    assertEquals(1, importState("--shape", "1x16x16"));
    assertTrue(err.toString().contains("shape 3x8x8"), this::printed);
    String generator = resource("netG_10.pth").toString();
    assertEquals(1, importTo(generator, "data={type = example-data}"));
    assertTrue(err.toString().contains("--shape 3x32x32"), this::printed);
    assertEquals(2, importTo(generator, "--shape", "3x0x8"));
    assertFalse(Files.exists(run));
  }

  @Test
  void runIsNotResumedWithDataOfAnotherShape() throws IOException {
    FewGarments.write(folder.resolve("data"));
    String data = "data={type = fashion-mnist, folder = \"%s\"}".formatted(folder.resolve("data"));
    assertEquals(0, importState(data), this::printed);
    assertEquals(1, run("train", "--resume", "--run", run.toString()));
    assertTrue(
        err.toString()
            .startsWith("ddgan: the run %s was trained on data of the shape 3x8x8".formatted(run)),
        this::printed);
    assertTrue(err.toString().contains("1x32x32"), this::printed);
  }

  private int importState(String... more) throws IOException {
    return importTo(resource("content.pth").toString(), more);
  }

  private int importGenerator(Path file) {
    return importTo(
        file.toString(),
        "generator.attention-resolutions=[8]",
        "generator.latent-size=12",
        "generator.style-size=24",
        "--shape",
        "3x16x16");
  }

  private int importTo(String file, String... more) {
    String to = run.toString();
    return run(List.of("import", file, "--config", config.toString(), "--run", to), more);
  }

  private Path resource(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = getClass().getResourceAsStream("/golden/" + name)) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private Map<String, Tensor> part(String name) throws IOException {
    return Safetensors.read(run.resolve(CHECKPOINT + name + ".safetensors")).tensors();
  }

  private Map<String, String> metadata(String name) throws IOException {
    return Safetensors.read(run.resolve(CHECKPOINT + name + ".safetensors")).metadata();
  }

  private static void assertSame(Golden expected, String prefix, Map<String, Tensor> actual) {
    assertTrue(actual.size() > 30, "too few tensors");
    actual.forEach(
        (name, tensor) ->
            assertArrayEquals(expected.values(prefix + name), tensor.toArray(), prefix + name));
  }

  private static void assertTensor(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.toArray(), actual.toArray());
  }
}
