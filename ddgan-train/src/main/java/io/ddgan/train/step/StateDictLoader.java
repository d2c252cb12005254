package io.ddgan.train.step;

import io.ddgan.api.RefusedException;
import io.ddgan.internal.file.TerminalEscape;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.internal.weights.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Loads tensors into parameters, after comparing all of them. */
final class StateDictLoader {

  private final String source;
  private final Map<List<String>, List<String>> partsByDifference = new LinkedHashMap<>();
  private final List<Runnable> assignments = new ArrayList<>();

  /**
   * Creates a loader.
   *
   * @param source name of the tensors' source in errors
   */
  StateDictLoader(String source) {
    this.source = source;
  }

  /** Compares the tensors of one part. */
  void compare(String part, ParameterSet set, Map<String, Tensor> tensors) {
    Map<String, Tensor> rest = new TreeMap<>(tensors);
    List<String> missing = new ArrayList<>();
    List<String> mismatched = new ArrayList<>();
    List<String> notFinite = new ArrayList<>();
    for (ParameterLayout.Entry entry : set.layout().entries()) {
      Tensor tensor = rest.remove(entry.name());
      if (tensor == null) {
        missing.add(entry.name());
      } else if (!tensor.shape().equals(entry.shape())) {
        mismatched.add(
            "%s %s instead of %s".formatted(entry.name(), tensor.shape(), entry.shape()));
      } else if (!tensor.isFinite()) {
        notFinite.add(entry.name());
      } else {
        assignments.add(() -> set.set(entry.name(), tensor.toArray()));
      }
    }
    List<String> differences = new ArrayList<>();
    add(differences, "missing", missing);
    add(differences, "unexpected", rest.keySet().stream().map(TerminalEscape::of).toList());
    add(differences, "of another shape", mismatched);
    add(differences, "not finite", notFinite);
    if (!differences.isEmpty()) {
      partsByDifference.computeIfAbsent(differences, key -> new ArrayList<>()).add(part);
    }
  }

  private static void add(List<String> differences, String kind, List<String> names) {
    if (!names.isEmpty()) {
      differences.add(kind + ": " + String.join(", ", names));
    }
  }

  /**
   * Assigns the tensors to the parameters.
   *
   * @throws IllegalArgumentException if anything differs; no parameter changes then
   */
  void assign() {
    if (!partsByDifference.isEmpty()) {
      List<String> lines = new ArrayList<>();
      partsByDifference.forEach(
          (differences, parts) ->
              differences.forEach(
                  line -> lines.add("%s: %s".formatted(String.join(", ", parts), line))));
      throw new RefusedException(
          "%s does not fit the configuration\n%s".formatted(source, String.join("\n", lines)));
    }
    assignments.forEach(Runnable::run);
  }
}
