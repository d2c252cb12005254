package io.ddgan.train.export;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The inputs and outputs of a file by name, with their dimensions; -1 is a free number of examples.
 */
public record Signature(Map<String, List<Long>> inputs, Map<String, List<Long>> outputs) {

  /** Creates a signature with one output. */
  static Signature of(Map<String, long[]> inputs, String output, long... dimensions) {
    Map<String, List<Long>> all = new TreeMap<>();
    inputs.forEach((name, shape) -> all.put(name, list(shape)));
    return new Signature(all, Map.of(output, list(dimensions)));
  }

  private static List<Long> list(long... dimensions) {
    return Arrays.stream(dimensions).boxed().toList();
  }

  /**
   * Formats names with their dimensions, the free one as N: {@code label [N, 10], start [N, 4, 16,
   * 16]}.
   */
  public static String text(Map<String, List<Long>> values) {
    return values.entrySet().stream()
        .map(
            each ->
                each.getValue().stream()
                    .map(size -> size < 0 ? OnnxNodes.BATCH : size.toString())
                    .collect(Collectors.joining(", ", each.getKey() + " [", "]")))
        .collect(Collectors.joining(", "));
  }
}
