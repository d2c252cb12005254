package io.ddgan.eval.inception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.internal.file.Json;
import io.ddgan.internal.weights.Npz;
import io.ddgan.internal.weights.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** What the reference computes from weights that a formula gives. */
final class Golden {

  private final Map<String, Tensor> arrays;

  private Golden(Map<String, Tensor> arrays) {
    this.arrays = arrays;
  }

  static Golden load(Path folder) throws IOException {
    Path file = folder.resolve("golden.npz");
    Files.write(file, resource("inception.npz"));
    return new Golden(Npz.read(file));
  }

  /** The names and shapes of the reference's tensors. */
  static Map<String, List<Long>> shapes() throws IOException {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    String json = new String(resource("inception.json"), StandardCharsets.UTF_8);
    ((Map<?, ?>) Json.parse(json).get("parameters"))
        .forEach(
            (name, shape) ->
                shapes.put(
                    (String) name,
                    ((List<?>) shape).stream().map(size -> ((Number) size).longValue()).toList()));
    return shapes;
  }

  /** The reference's tensors. */
  static Map<String, Tensor> weights() throws IOException {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    shapes().forEach((name, shape) -> weights.put(name, weight(name, shape)));
    return weights;
  }

  private static Tensor weight(String name, List<Long> shape) {
    CRC32 seed = new CRC32();
    seed.update(name.getBytes(StandardCharsets.UTF_8));
    int state = (int) seed.getValue();
    int size = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    double root = 2 * Math.sqrt(6.0 / (size / (double) shape.get(0)));
    boolean isPositive = name.endsWith("running_var") || name.endsWith("bn.weight");
    double range = shape.size() >= 2 ? root : 0.2;
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      state = 1664525 * state + 1013904223;
      double u = Integer.toUnsignedLong(state) * 0x1p-32;
      values[i] = (float) (isPositive ? 0.5 + u : (u - 0.5) * range);
    }
    return Tensor.of(shape, values);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
      return in.readAllBytes();
    }
  }

  float[] get(String name) {
    return arrays.get(name).toArray();
  }

  /** Two images of 3x48x48 pixels in [-1, 1]. */
  float[] images() {
    float[] images = get("images_uint8_nchw");
    for (int i = 0; i < images.length; i++) {
      images[i] = images[i] / 255 * 2 - 1;
    }
    return images;
  }

  /** |a - b| <= 1e-4 + 1e-3 |b|. */
  static void assertClose(String name, float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length, name);
    for (int i = 0; i < expected.length; i++) {
      int at = i;
      assertTrue(
          Math.abs(actual[i] - expected[i]) <= 1e-4 + 1e-3 * Math.abs(expected[i]),
          () -> "%s[%d] is %g, the reference has %g".formatted(name, at, actual[at], expected[at]));
    }
  }
}
