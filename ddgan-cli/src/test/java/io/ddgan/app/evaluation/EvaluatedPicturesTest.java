package io.ddgan.app.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.ddgan.api.Dataset;
import io.ddgan.api.OpenDataset;
import io.ddgan.cli.FewGarments;
import io.ddgan.cli.Main;
import io.ddgan.internal.weights.Npz;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.data.FashionMnist;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluates images with known or equal metrics. */
@Tag("slow")
class EvaluatedPicturesTest {

  private static final List<String> PIXELS =
      List.of("--features", "identity", "--metrics", "fid,kid,precision-recall", "--json");

  @TempDir Path folder;

  @Test
  void runPicturesAndArrayHaveEqualMetrics() throws IOException {
    data();
    float[] images =
        images(new FashionMnist(Optional.of(folder.resolve("data")), 32), FewGarments.COUNT);
    String data = write("data", 16, halved(images));
    String run = folder.resolve("run").toString();
    String of = "data={type=npz, file=\"%s\"}".formatted(data);
    assertRun("train", "smoke", "data=null", of, "training.steps=2", "--run", run);
    String pictures = folder.resolve("pictures").toString();
    assertRun("sample", run, "--count", "50", "--out", pictures);
    String array = folder.resolve("array.npz").toString();
    assertRun("sample", run, "--count", "50", "--out", array);

    Map<String, Double> ofRun = evaluate(run, "--samples", "50");
    assertTrue(ofRun.get("identity-fid") > 1, ofRun.toString());
    assertEquals(ofRun, evaluate(pictures, "--reference", data));
    assertEquals(ofRun, evaluate(array, "--reference", data));
  }

  @Test
  void distanceGrowsWithNoise() throws IOException {
    float[] images = halved(images(new FashionMnist(Optional.empty(), 32), 300));
    String clean = write("clean", 16, images);
    Map<String, Double> itself = evaluate(clean, "--reference", clean);
    assertEquals(0, itself.get("identity-fid"), 1e-6);
    assertEquals(1, itself.get("identity-precision"));
    assertEquals(1, itself.get("identity-recall"));
    double before = itself.get("identity-fid");
    for (double noise : new double[] {0.1, 0.3, 1}) {
      Map<String, Double> noisy =
          evaluate(write("noisy-" + noise, 16, noisy(images, noise)), "--reference", clean);
      assertTrue(noisy.get("identity-fid") > before + 0.5, noise + " " + noisy);
      before = noisy.get("identity-fid");
    }
  }

  @Test
  void picturesOfAnotherSizeThanTheReferenceAreRefused() throws IOException {
    String run = folder.resolve("run").toString();
    assertRun("train", "smoke", data(), "data.size=40", "training.steps=1", "--run", run);
    StringWriter err = new StringWriter();
    List<String> words = new ArrayList<>(List.of("evaluate", run, "--metrics", "fid"));
    words.addAll(List.of("--samples", "10", "--features", "identity"));
    words.addAll(List.of("--reference", "fashion-mnist", data()));
    assertEquals(1, run(new StringWriter(), err, words.toArray(String[]::new)));
    assertTrue(err.toString().contains("1600"), err::toString);
    assertTrue(err.toString().contains("1024"), err::toString);
    assertTrue(err.toString().contains("compare with examples of the same size"), err::toString);
  }

  @Test
  void imagesTooLargeForACovarianceAreRefused() throws IOException {
    Path file = folder.resolve("large.npz");
    Npz.write(
        file, Map.of("images", Tensor.of(List.of(2L, 3L, 80L, 80L), new float[2 * 3 * 80 * 80])));
    Path cache = folder.resolve("cache");
    StringWriter err = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of("evaluate", file.toString()));
    arguments.addAll(List.of("--metrics", "fid", "--features", "identity", "--samples", "2"));
    arguments.addAll(List.of("--reference", file.toString(), "--cache", cache.toString()));
    assertEquals(1, run(new StringWriter(), err, arguments.toArray(String[]::new)));
    assertTrue(err.toString().contains("19200 features does not fit"), err::toString);
    assertFalse(Files.exists(cache.resolve("features")));
  }

  private String data() throws IOException {
    return FewGarments.write(folder.resolve("data"));
  }

  private static float[] images(Dataset dataset, int count) throws IOException {
    try (OpenDataset data = dataset.open()) {
      float[] images = new float[count * data.shape().size()];
      for (int i = 0; i < count; i++) {
        data.read(i, images, i * data.shape().size());
      }
      return images;
    }
  }

  private static float[] noisy(float[] images, double deviation) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    float[] noisy = images.clone();
    for (int i = 0; i < noisy.length; i++) {
      noisy[i] += (float) (deviation * random.nextGaussian());
    }
    return noisy;
  }

  /** Returns every second pixel of every second row, for faster covariances. */
  private static float[] halved(float[] images) {
    float[] halved = new float[images.length / 4];
    for (int i = 0; i < halved.length; i++) {
      halved[i] = images[i / 16 * 64 + i % 16 * 2];
    }
    return halved;
  }

  private String write(String name, long side, float[] images) throws IOException {
    Path file = folder.resolve(name + ".npz");
    Npz.write(
        file,
        Map.of(
            "images", Tensor.of(List.of(images.length / (side * side), 1L, side, side), images)));
    return file.toString();
  }

  private static Map<String, Double> evaluate(String target, String... options) {
    List<String> arguments = new ArrayList<>(List.of("evaluate", target));
    arguments.addAll(PIXELS);
    arguments.addAll(Arrays.asList(options));
    return ConfigFactory.parseString(assertRun(arguments.toArray(String[]::new)))
        .getConfigList("results")
        .stream()
        .filter(result -> !result.getString("weights").equals("real examples"))
        .collect(Collectors.toMap(c -> c.getString("metric"), c -> c.getDouble("value")));
  }

  private static String assertRun(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    assertEquals(0, run(out, err, arguments), err::toString);
    return out.toString();
  }

  private static int run(StringWriter out, StringWriter err, String... arguments) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }
}
