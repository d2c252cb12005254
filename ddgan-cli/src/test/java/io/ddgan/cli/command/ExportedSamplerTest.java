package io.ddgan.cli.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.ddgan.api.Model;
import io.ddgan.cli.CommandTest;
import io.ddgan.cli.Main;
import io.ddgan.embed.Ddgan;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.phase.Gaussian;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Exported samplers run by other programs. */
@Tag("slow")
class ExportedSamplerTest extends CommandTest {

  private static final Path MODELS = Path.of("src/main/dist/models");
  private static final String GARMENTS = MODELS.resolve("fashion-mnist").toString();
  private static final String POINTS = MODELS.resolve("gaussians-25").toString();
  private static final int SEED = 3;

  /** The guaranteed tolerance of samples in other programs. */
  private static final float CLOSE = 1e-4f;

  @TempDir private static Path shared;

  private static OrtSession garments;

  @TempDir private Path folder;

  @BeforeAll
  static void exportGarments() throws OrtException {
    StringWriter told = new StringWriter();
    PrintWriter out = new PrintWriter(told, true);
    String onnx = shared.resolve("garments.onnx").toString();
    assertEquals(0, Main.run(out, out, "export", GARMENTS, "--out", onnx), told::toString);
    assertTrue(
        told.toString()
            .contains("inputs: label [N, 10], latent [N, 4, 50], noise [N, 3, 4, 16, 16]"),
        told::toString);
    garments = OrtEnvironment.getEnvironment().createSession(onnx);
  }

  @AfterAll
  static void close() throws OrtException {
    garments.close();
  }

  @Test
  void onnxRuntimeGeneratesTheSameGarmentsInAnyBatch() throws IOException, OrtException {
    float[] six = samples(GARMENTS, 6, Optional.of(7));
    for (int count : new int[] {1, 6}) {
      float[] expected = Arrays.copyOf(six, count * six.length / 6);
      float[] made = run(garments, drawn(count, 7, shapes(garments)));
      assertArrayEquals(expected, made, CLOSE, "of " + count);
    }
  }

  @Test
  void onnxRuntimeGeneratesTheSamePoints() throws IOException, OrtException {
    Path onnx = folder.resolve("model.onnx");
    call("export", POINTS, "--out", onnx.toString(), "--batch-size", "5");
    try (OrtSession points = OrtEnvironment.getEnvironment().createSession(onnx.toString())) {
      float[] made = run(points, drawn(5, 0, shapes(points)));
      assertArrayEquals(samples(POINTS, 5, Optional.empty()), made, CLOSE);
    }
  }

  @Test
  void sameDiffGeneratesTheSameGarments() throws IOException {
    Path sameDiff = folder.resolve("model.fb");
    call("export", GARMENTS, "--out", sameDiff.toString(), "--batch-size", "2");
    Map<String, INDArray> inputs = new HashMap<>();
    drawn(2, 3, shapes(garments)) // the other file knows them
        .forEach((name, in) -> inputs.put(name, Nd4j.createFromArray(in.values).reshape(in.shape)));
    INDArray made =
        SameDiff.load(sameDiff.toFile(), false).output(inputs, "examples").get("examples");
    assertArrayEquals(samples(GARMENTS, 2, Optional.of(3)), made.dup('c').data().asFloat(), CLOSE);
  }

  @Test
  void exportIsDeterministic() throws IOException {
    Path onnx = folder.resolve("model.onnx");
    call("export", POINTS, "--out", onnx.toString());
    Path again = folder.resolve("again.onnx");
    call("export", POINTS, "--out", again.toString());
    assertEquals(-1, Files.mismatch(onnx, again));
  }

  @Test
  void unsuitableExportsAreRefused() {
    assertEquals(2, run("export", POINTS));
    assertEquals(2, run("export", POINTS, "--out", "x.npz", "--with-discriminator"));
    assertEquals(2, run("export", POINTS, "--out", "x.onnx", "--network", "ema"));
    assertEquals(2, run("export", POINTS, "--out", "x.npz", "--graph", "sampler"));
    assertEquals(
        2,
        run("export", POINTS, "--out", "x.onnx", "--graph", "generator", "sampler.type=ancestral"));
    assertTrue(printed().contains("KEY=VALUE requires --graph sampler"), this::printed);
    assertEquals(1, run("export", POINTS, "--out", "x.tflite"));
    assertTrue(printed().contains("x.tflite"), this::printed);
    assertFalse(Files.exists(Path.of("x.onnx")));
  }

  /** Returns the value of an input. */
  private static final class In {

    private final float[] values;
    private final long[] shape;

    In(float[] values, long... shape) {
      this.values = values;
      this.shape = shape;
    }
  }

  /** Returns the inputs for samples of a class, drawn as by the framework. */
  private static Map<String, In> drawn(int count, int label, Map<String, long[]> shapes) {
    Map<String, In> drawn = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> {
          long[] sized = shape.clone();
          sized[0] = count;
          int size = (int) Arrays.stream(sized).reduce(1, Math::multiplyExact);
          drawn.put(name, new In(new float[size], sized));
        });
    for (int k = 0; k < count; k++) {
      RandomGenerator stream = new RandomStreams(SEED).stream("sample", k);
      int size = part(drawn.get("start"), 1);
      fill(drawn.get("start"), 1, k, Gaussian.draw(stream, size));
      int evaluations = (int) shapes.get("latent")[1];
      for (int e = 0; e < evaluations; e++) {
        In latent = drawn.get("latent");
        fill(latent, 2, k * evaluations + e, Gaussian.draw(stream, part(latent, 2)));
        float[] noise = Gaussian.draw(stream, size);
        int noisy = (int) shapes.get("noise")[1];
        if (e < noisy) {
          fill(drawn.get("noise"), 2, k * noisy + e, noise);
        }
      }
      if (drawn.containsKey("label")) {
        drawn.get("label").values[k * part(drawn.get("label"), 1) + label] = 1;
      }
    }
    return drawn;
  }

  private static int part(In in, int from) {
    return (int)
        IntStream.range(from, in.shape.length)
            .mapToLong(i -> in.shape[i])
            .reduce(1, (a, b) -> a * b);
  }

  private static void fill(In in, int from, int number, float[] values) {
    System.arraycopy(values, 0, in.values, number * part(in, from), values.length);
  }

  private static Map<String, long[]> shapes(OrtSession session) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    try {
      for (NodeInfo input : session.getInputInfo().values()) {
        shapes.put(input.getName(), ((TensorInfo) input.getInfo()).getShape());
      }
      return shapes;
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }

  private static float[] run(OrtSession session, Map<String, In> inputs) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> tensors = new HashMap<>();
    for (Map.Entry<String, In> in : inputs.entrySet()) {
      FloatBuffer values = FloatBuffer.wrap(in.getValue().values);
      tensors.put(in.getKey(), OnnxTensor.createTensor(environment, values, in.getValue().shape));
    }
    try (OrtSession.Result result = session.run(tensors)) {
      FloatBuffer examples = ((OnnxTensor) result.get("examples").orElseThrow()).getFloatBuffer();
      float[] values = new float[examples.remaining()];
      examples.get(values);
      return values;
    }
  }

  private static float[] samples(String model, int count, Optional<Integer> label)
      throws IOException {
    try (Ddgan ddgan = Ddgan.open();
        Model loaded = ddgan.load(Path.of(model))) {
      return label.isPresent()
          ? loaded.sample(count, SEED, label.get().toString())
          : loaded.sample(count, SEED);
    }
  }
}
