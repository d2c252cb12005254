package io.ddgan.eval.inception;

import io.ddgan.api.Hasher;
import io.ddgan.internal.file.TerminalEscape;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.internal.weights.WeightFormat;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The weights of {@link InceptionNetwork}; the caller closes them.
 *
 * @param parameters the parameters, with each batch normalisation folded into its convolution
 * @param fingerprint fingerprint of all tensors in the file
 */
record InceptionWeights(ParameterSet parameters, String fingerprint) implements AutoCloseable {

  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";
  private static final String LAST_BIAS = "fc.bias";

  /** Epsilon of the batch normalisation, added to the variance. */
  private static final double EPSILON = 1e-3;

  private static final String COUNTER = ".num_batches_tracked";

  /** Maximum number of differences in a message. */
  private static final int SHOWN = 10;

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read or does not hold exactly the expected tensors; the
   *     message names the file and lists the differences
   */
  static InceptionWeights read(Path file) throws IOException {
    ParameterLayout layout = InceptionNetwork.layout();
    Map<String, Tensor> tensors = tensors(file, layout);
    ParameterSet parameters = ParameterSet.zeros(layout, DataType.FLOAT);
    for (ParameterLayout.Entry entry : layout.entries()) {
      if (entry.shape().size() == 4) {
        fold(tensors, layer(entry), parameters);
      }
    }
    parameters.values("fc.weight").put(tensors.get("fc.weight").values());
    return new InceptionWeights(parameters, fingerprint(tensors));
  }

  /** Checks that a file holds the expected tensors. */
  static void check(Path file) throws IOException {
    Map<String, Tensor> unused = tensors(file, InceptionNetwork.layout());
  }

  private static Map<String, Tensor> tensors(Path file, ParameterLayout layout) throws IOException {
    Map<String, Tensor> tensors = new TreeMap<>(WeightFormat.of(file).read(file));
    tensors.keySet().removeIf(name -> name.endsWith(COUNTER));
    requireFit(file, expected(layout), tensors);
    return tensors;
  }

  private static String layer(ParameterLayout.Entry weight) {
    return weight.name().substring(0, weight.name().length() - WEIGHT.length());
  }

  /** Returns the shapes of all tensors by their names in pytorch-fid. */
  static Map<String, List<Long>> expected(ParameterLayout layout) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    for (ParameterLayout.Entry entry : layout.entries()) {
      if (entry.shape().size() == 4) {
        String layer = layer(entry);
        shapes.put(layer + ".conv.weight", entry.shape());
        for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
          shapes.put(layer + ".bn." + part, entry.shape().subList(0, 1));
        }
      }
    }
    ParameterLayout.Entry last = layout.entry("fc.weight");
    shapes.put(last.name(), last.shape());
    shapes.put(LAST_BIAS, last.shape().subList(0, 1));
    return shapes;
  }

  private static void requireFit(
      Path file, Map<String, List<Long>> expected, Map<String, Tensor> tensors) throws IOException {
    List<String> differences = new ArrayList<>();
    expected.forEach(
        (name, shape) -> {
          Tensor tensor = tensors.get(name);
          if (tensor == null) {
            differences.add("%s is missing".formatted(name));
          } else if (!tensor.shape().equals(shape)) {
            differences.add("%s %s instead of %s".formatted(name, tensor.shape(), shape));
          } else if (!tensor.isFinite()) {
            differences.add("%s is not finite".formatted(name));
          }
        });
    tensors.keySet().stream()
        .filter(name -> !expected.containsKey(name))
        .forEach(name -> differences.add("%s is unexpected".formatted(TerminalEscape.of(name))));
    if (!differences.isEmpty()) {
      throw new IOException(
          "%s does not hold the weights of pt_inception-2015-12-05-6726825d.pth (pytorch-fid); it differs in %,d tensors: %s"
              .formatted(
                  file,
                  differences.size(),
                  differences.stream().limit(SHOWN).collect(Collectors.joining(", "))));
    }
  }

  /** Folds {@code (w x - mean) / deviation * scale + shift} into one convolution with a bias. */
  private static void fold(Map<String, Tensor> tensors, String layer, ParameterSet parameters) {
    FloatBuffer from = tensors.get(layer + ".conv.weight").values();
    FloatBuffer scale = tensors.get(layer + ".bn.weight").values();
    FloatBuffer shift = tensors.get(layer + ".bn.bias").values();
    FloatBuffer mean = tensors.get(layer + ".bn.running_mean").values();
    FloatBuffer variance = tensors.get(layer + ".bn.running_var").values();
    FloatBuffer weight = parameters.values(layer + WEIGHT);
    FloatBuffer bias = parameters.values(layer + BIAS);
    int channels = scale.remaining();
    int perChannel = from.remaining() / channels;
    for (int c = 0; c < channels; c++) {
      double factor = scale.get(c) / Math.sqrt(variance.get(c) + EPSILON);
      for (int i = c * perChannel; i < (c + 1) * perChannel; i++) {
        weight.put(i, (float) (from.get(i) * factor));
      }
      bias.put(c, (float) (shift.get(c) - mean.get(c) * factor));
    }
  }

  private static String fingerprint(Map<String, Tensor> tensors) {
    Hasher fingerprint = new Hasher().add("inception");
    tensors.forEach((name, tensor) -> fingerprint.add(name).add(tensor.toArray()));
    return fingerprint.hex();
  }

  @Override
  public void close() {
    parameters.close();
  }
}
