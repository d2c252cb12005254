package io.ddgan.onednn;

import io.ddgan.engine.Call;
import io.ddgan.engine.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pass that does elementwise functions together, so that what is between them needs no memory.
 * Functions wait for others of the same shape until something else reads what they compute.
 */
final class Fusion {

  /** More of them need more registers than the nearest cache holds. */
  static final int MOST_STEPS = 48;

  private final List<Call> calls = new ArrayList<>();
  private final List<Elementwise> waiting = new ArrayList<>();
  private final Map<Value, Integer> readers = new HashMap<>();
  private final Set<Value> results = new HashSet<>();

  private Fusion() {}

  static List<Call> of(List<Call> calls, Set<Value> results) {
    Fusion pass = new Fusion();
    results.forEach(value -> pass.results.add(value.root()));
    for (Call call : calls) {
      for (Value root : roots(call.inputs())) {
        pass.readers.merge(root, 1, Integer::sum);
      }
    }
    calls.forEach(pass::add);
    pass.waiting.forEach(pass::emit);
    return pass.calls;
  }

  private static Set<Value> roots(List<Value> values) {
    Set<Value> roots = new LinkedHashSet<>();
    values.forEach(value -> roots.add(value.root()));
    return roots;
  }

  private void add(Call call) {
    Set<Value> read = roots(call.inputs());
    List<Elementwise> needed = new ArrayList<>();
    for (Elementwise each : waiting) {
      if (roots(each.outputs()).stream().anyMatch(read::contains)) {
        needed.add(each);
      }
    }
    if (!(call instanceof Elementwise functions)) {
      needed.forEach(this::flush);
      calls.add(call);
      return;
    }
    List<Elementwise> same = needed.stream().filter(each -> canBeOneWith(each, functions)).toList();
    needed.stream().filter(each -> !same.contains(each)).forEach(this::flush);
    Elementwise all = functions;
    for (int i = same.size() - 1; i >= 0; i--) {
      Elementwise first = same.get(i);
      waiting.remove(first);
      if (first.steps().size() + all.steps().size() <= MOST_STEPS) {
        all = first.with(all);
      } else {
        emit(first);
      }
    }
    if (all.steps().isEmpty()) {
      calls.add(all); // nothing joins a sum
    } else {
      waiting.add(all);
    }
  }

  /** Whether one reads results of the other as they are, and no sums of it. */
  private static boolean canBeOneWith(Elementwise a, Elementwise b) {
    return Arrays.equals(a.shape(), b.shape())
        && b.inputs().stream()
            .noneMatch(
                input ->
                    a.outputs().stream()
                        .anyMatch(
                            output ->
                                output.root() == input.root()
                                    && (output != input || !a.kept().contains(output))));
  }

  private void flush(Elementwise functions) {
    waiting.remove(functions);
    emit(functions);
  }

  /** Without the results that nothing else reads. */
  private void emit(Elementwise functions) {
    Map<Value, Integer> inside = new HashMap<>();
    for (Elementwise.Step step : functions.steps()) {
      new LinkedHashSet<>(step.arguments()).forEach(value -> inside.merge(value, 1, Integer::sum));
    }
    functions.sums().forEach(sum -> inside.merge(sum.maps(), 1, Integer::sum));
    List<Value> kept =
        functions.kept().stream()
            .filter(
                value ->
                    results.contains(value.root())
                        || value.root().isPlaced()
                        || value.root() != value
                        || !readers.getOrDefault(value, 0).equals(inside.getOrDefault(value, 0)))
            .toList();
    calls.add(
        new Elementwise(
            functions.runtime(), functions.shape(), functions.steps(), kept, functions.sums()));
  }
}
