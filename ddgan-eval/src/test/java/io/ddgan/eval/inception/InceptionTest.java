package io.ddgan.eval.inception;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.OpenFeatureExtractor;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.internal.weights.WeightFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

@Tag("slow")
class InceptionTest {

  private static final DataShape COLOUR = DataShape.image(3, 48, 48);
  private static final DataShape GREY = DataShape.image(1, 48, 48);
  private static final int PIXELS = 48 * 48;
  private static final int SIZE = InceptionNetwork.SIZE;
  private static final String HOW_TO_GET =
      "download pt_inception-2015-12-05-6726825d.pth from"
          + " https://github.com/mseitzer/pytorch-fid/releases (tag fid_weights) and set"
          + " evaluation.features.weights = FILE";

  @TempDir static Path folder;
  private static Path file;
  private static Golden golden;
  private static Map<String, Tensor> reference;
  private static InceptionWeights weights;
  private static OpenFeatureExtractor inception;
  private static Extracted both;

  @BeforeAll
  static void open() throws IOException {
    golden = Golden.load(folder);
    file = folder.resolve("inception.pth");
    reference = Golden.weights();
    WeightFormat.PYTORCH.write(file, reference);
    weights = InceptionWeights.read(file);
    inception = new Inception.InceptionFeatures(weights, COLOUR, 2);
    both = new Extracted(inception, golden.images(), 2);
  }

  @AfterAll
  static void close() {
    inception.close();
    reference = Map.of();
  }

  @Test
  void hasTheTensorsOfTheReference() throws IOException {
    assertEquals(Golden.shapes(), Map.copyOf(InceptionWeights.expected(InceptionNetwork.layout())));
    assertEquals(472, Golden.shapes().size());
  }

  @Test
  void everyStageEqualsTheReference() {
    float[] images = resized();
    Graph graph = new Graph(DataType.FLOAT, 2, DataShape.image(3, SIZE, SIZE));
    SDVariable input = graph.input("images", 2, 3, SIZE, SIZE);
    InceptionNetwork.Output output =
        InceptionNetwork.build(graph.network("I", weights.parameters().layout()), input);
    CompiledPlan.Builder builder = CompiledPlan.of(graph).parameters("I", weights.parameters());
    for (int i = 0; i < output.stages().size(); i++) {
      builder.output("stage" + i, output.stages().get(i));
    }
    builder.output("features", output.features()).output("logits", output.logits());
    try (CompiledPlan plan = builder.build()) {
      plan.set("images", images);
      plan.run();
      assertEquals(18, output.stages().size());
      for (int i = 0; i < output.stages().size(); i++) {
        assertMoments("stage" + i, plan.get("stage" + i));
      }
      Golden.assertClose("pool3", golden.get("pool3"), plan.get("features"));
      Golden.assertClose("logits", logits(), plan.get("logits"));
    }
  }

  private static float[] resized() {
    float[] images = golden.images();
    float[] resized = new float[6 * SIZE * SIZE];
    float[] corner = new float[6 * 16];
    BilinearResize resize = new BilinearResize(48, 48, SIZE, SIZE);
    for (int i = 0; i < 6; i++) {
      resize.apply(images, i * PIXELS, resized, i * SIZE * SIZE);
      for (int y = 0; y < 4; y++) {
        System.arraycopy(resized, (i * SIZE + y) * SIZE, corner, (i * 4 + y) * 4, 4);
      }
    }
    Golden.assertClose("resized_corner", golden.get("resized_corner"), corner);
    return resized;
  }

  private static void assertMoments(String stage, float[] maps) {
    double mean = 0;
    for (float value : maps) {
      mean += value / (double) maps.length;
    }
    double variance = 0;
    for (float value : maps) {
      variance += (value - mean) * (value - mean) / (maps.length - 1);
    }
    Golden.assertClose(stage + ".mean", golden.get(stage + ".mean"), new float[] {(float) mean});
    Golden.assertClose(
        stage + ".std", golden.get(stage + ".std"), new float[] {(float) Math.sqrt(variance)});
  }

  /** The reference's logits without the bias, which the Inception Score leaves out. */
  private static float[] logits() {
    float[] logits = golden.get("logits");
    float[] bias = reference.get("fc.bias").toArray();
    for (int i = 0; i < logits.length; i++) {
      logits[i] -= bias[i % bias.length];
    }
    return logits;
  }

  @Test
  void featuresAndProbabilitiesAreThoseOfTheReference() {
    Golden.assertClose("pool3", golden.get("pool3"), both.features);
    Golden.assertClose("probabilities", softmax(logits()), both.probabilities);
  }

  private static float[] softmax(float[] logits) {
    float[] probabilities = new float[logits.length];
    int classes = InceptionNetwork.CLASSES;
    for (int from = 0; from < logits.length; from += classes) {
      double sum = 0;
      for (int i = from; i < from + classes; i++) {
        sum += Math.exp(logits[i]);
      }
      for (int i = from; i < from + classes; i++) {
        probabilities[i] = (float) (Math.exp(logits[i]) / sum);
      }
    }
    return probabilities;
  }

  @Test
  void theFeaturesOfAnImageDependOnItAlone() {
    float[] images = golden.images();
    float[] swapped = new float[images.length];
    int half = images.length / 2;
    System.arraycopy(images, 0, swapped, half, half);
    System.arraycopy(images, half, swapped, 0, half);
    Extracted other = new Extracted(inception, swapped, 2);
    Extracted single = new Extracted(inception, images, 1);
    assertArrayEquals(both.features(0), other.features(1));
    assertArrayEquals(both.features(1), other.features(0));
    assertArrayEquals(both.features(0), single.features(0));
    assertEquals(0, single.features(1)[0], "not asked for");
    assertNotEquals(both.features(0)[0], both.features(1)[0]);
  }

  @Test
  void aGreyImageIsOneOfThreeEqualChannelsAndClosingFreesAllMemory() throws IOException {
    float[] grey = Arrays.copyOf(golden.images(), PIXELS);
    float[] colour = new float[3 * PIXELS];
    for (int c = 0; c < 3; c++) {
      System.arraycopy(grey, 0, colour, c * PIXELS, PIXELS);
    }
    float[] expected = new Extracted(inception, colour, 1).features(0);
    long before = Nd4j.getEnvironment().getDeviceCouner(0);
    try (OpenFeatureExtractor one = open(GREY, 2)) {
      long held = Nd4j.getEnvironment().getDeviceCouner(0) - before;
      assertTrue(held > 80 << 20, "the weights alone are 95 megabytes, not " + held);
      assertArrayEquals(expected, new Extracted(one, grey, 1).features(0));
    }
    long left = Nd4j.getEnvironment().getDeviceCouner(0) - before;
    assertTrue(left < 1 << 20, left + " bytes are left");
  }

  @Test
  void allFormatsHoldTheSameWeightsAndCountersAreLeftOut() throws IOException {
    Map<String, Tensor> counted = new LinkedHashMap<>(reference);
    counted.put("Mixed_5b.branch1x1.bn.num_batches_tracked", Tensor.of(List.of(), 0));
    Path same = write("same.npz", counted);
    try (InceptionWeights read = InceptionWeights.read(same)) {
      assertEquals(weights.parameters().flat(), read.parameters().flat());
      assertEquals(weights.fingerprint(), read.fingerprint());
    }
    Files.delete(same);
  }

  /** Also on a bias that the network leaves out. */
  @Test
  void theFingerprintDependsOnAllWeights() throws IOException {
    Map<String, Tensor> others = new LinkedHashMap<>(reference);
    float[] bias = reference.get("fc.bias").toArray();
    bias[1007] = Math.nextUp(bias[1007]);
    others.put("fc.bias", Tensor.of(List.of(1008L), bias));
    Path other = write("other.safetensors", others);
    try (InceptionWeights read = InceptionWeights.read(other)) {
      assertEquals(weights.parameters().flat(), read.parameters().flat());
      assertNotEquals(weights.fingerprint(), read.fingerprint());
    }
    Files.delete(other);
  }

  @Test
  void aDamagedFileIsFoundBeforeLongWork() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Path damaged = Files.write(folder.resolve("cut.pth"), Arrays.copyOf(bytes, bytes.length / 2));
    var refused =
        assertThrows(
            IOException.class,
            () -> new Inception(Optional.of(damaged), 2).check(COLOUR, Optional.empty()));
    assertTrue(refused.getMessage().startsWith(damaged.toString()), refused.getMessage());
    assertEquals(
        OptionalInt.of(InceptionNetwork.CLASSES),
        new Inception(Optional.of(file), 2).check(COLOUR, Optional.empty()));
    Files.delete(damaged);
  }

  @Test
  void allThatDoesNotFitIsListed() throws IOException {
    Map<String, Tensor> others = new LinkedHashMap<>(reference);
    others.remove("Conv2d_1a_3x3.bn.bias");
    others.put("fc.weight", Tensor.of(List.of(1000L, 2048L), new float[1000 * 2048]));
    others.put("Mixed_7c.branch1x1.bn.running_var", nan(320));
    others.put("AuxLogits.fc.bias", Tensor.of(List.of(1L), 0));
    Path other = write("other.pth", others);
    String all = message(Optional.of(other));
    assertTrue(all.startsWith(other.toString()), all);
    for (String difference :
        List.of(
            "Conv2d_1a_3x3.bn.bias is missing",
            "fc.weight [1000, 2048] instead of [1008, 2048]",
            "Mixed_7c.branch1x1.bn.running_var is not finite",
            "AuxLogits.fc.bias is unexpected")) {
      assertTrue(all.contains(difference), all);
    }
    String none = message(Optional.of(write("none.npz", Map.of("x", nan(1)))));
    assertTrue(none.contains("473 tensors"), none);
  }

  @Test
  void missingWeightsAreAnErrorThatSaysWhereToGetThem() {
    assertEquals("inception needs its weights; " + HOW_TO_GET, message(Optional.empty()));
    Path absent = folder.resolve("absent.pth");
    assertEquals(
        "%s: no such file; %s".formatted(absent, HOW_TO_GET), message(Optional.of(absent)));
  }

  @Test
  void wantsImages() {
    for (DataShape shape : List.of(DataShape.point(2), DataShape.image(4, 8, 8))) {
      assertEquals(
          "inception needs images of 1 or 3 channels, not shape " + shape,
          assertThrows(IllegalArgumentException.class, () -> open(shape, 1)).getMessage());
    }
  }

  private static OpenFeatureExtractor open(DataShape shape, int batch) throws IOException {
    return new Inception(Optional.of(file), batch).open(shape, Optional.empty(), folder);
  }

  private static String message(Optional<Path> weights) {
    return assertThrows(
            IOException.class,
            () -> new Inception(weights, 1).open(GREY, Optional.empty(), folder).close())
        .getMessage();
  }

  private static Path write(String name, Map<String, Tensor> weights) throws IOException {
    Path path = folder.resolve(name);
    WeightFormat.of(path).write(path, weights);
    return path;
  }

  private static Tensor nan(int size) {
    float[] values = new float[size];
    values[size - 1] = Float.NaN;
    return Tensor.of(List.of((long) size), values);
  }

  /** What an extractor gives of up to two images. */
  private static final class Extracted {

    private final float[] features;
    private final float[] probabilities;

    Extracted(OpenFeatureExtractor inception, float[] images, int count) {
      features = new float[2 * inception.dimension()];
      probabilities = new float[2 * inception.classes()];
      inception.extract(images, count, features, probabilities);
    }

    float[] features(int image) {
      int size = features.length / 2;
      return Arrays.copyOfRange(features, image * size, (image + 1) * size);
    }
  }
}
