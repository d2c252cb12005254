package io.ddgan.onednn.elementwise;

import io.ddgan.engine.Call;
import io.ddgan.engine.Value;
import io.ddgan.onednn.elementwise.ElementwiseCall.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pass that recomputes elementwise functions in the calls that read their results, instead of
 * keeping the results in memory, if that reads no more memory than before. Recomputing is faster
 * than memory.
 */
public final class Rematerialisation {

  private final List<Call> calls;
  private final Set<Value> results = new HashSet<>();
  private final Map<Value, Set<Integer>> readers = new HashMap<>();

  private Rematerialisation(List<Call> calls, Set<Value> results) {
    this.calls = new ArrayList<>(calls);
    results.forEach(value -> this.results.add(value.root()));
    for (int i = 0; i < calls.size(); i++) {
      for (Value input : calls.get(i).inputs()) {
        readers.computeIfAbsent(input.root(), root -> new HashSet<>()).add(i);
      }
    }
  }

  public static List<Call> of(List<Call> calls, Set<Value> results) {
    Rematerialisation pass = new Rematerialisation(calls, results);
    for (int i = 0; i < calls.size(); i++) {
      pass.relieve(i);
    }
    pass.calls.removeIf(call -> call instanceof ElementwiseCall && call.outputs().isEmpty());
    return pass.calls;
  }

  /** Moves the computation of kept results to their readers where that is faster. */
  private void relieve(int index) {
    if (!(calls.get(index) instanceof ElementwiseCall functions)) {
      return;
    }
    List<Value> kept = new ArrayList<>();
    for (Value value : functions.kept()) {
      Optional<Map<Integer, ElementwiseCall>> without = without(value, functions, kept);
      without.ifPresent(replaced -> replaced.forEach(this::replace));
      if (without.isEmpty()) {
        kept.add(value);
      }
    }
    replace(index, functions.keeping(kept));
  }

  private void replace(int index, ElementwiseCall by) {
    for (Value input : by.inputs()) {
      readers.computeIfAbsent(input.root(), root -> new HashSet<>()).add(index);
    }
    calls.set(index, by);
  }

  /**
   * Returns the readers of a value rewritten to compute it; empty if one cannot, or if that would
   * read more memory.
   *
   * @param present values of the same call that stay kept
   */
  private Optional<Map<Integer, ElementwiseCall>> without(
      Value value, ElementwiseCall functions, List<Value> present) {
    if (results.contains(value.root()) || value.root().isPlaced() || value.root() != value) {
      return Optional.empty();
    }
    List<Step> steps = functions.slice(Set.of(value), present);
    Map<Integer, ElementwiseCall> replaced = new HashMap<>();
    long further = 0;
    for (int index : readers.getOrDefault(value, Set.of())) {
      List<Value> before = calls.get(index).inputs();
      if (before.contains(value)) {
        Optional<ElementwiseCall> by = computing(value, steps, functions.shape(), calls.get(index));
        if (by.isEmpty()) {
          return Optional.empty();
        }
        further += full(by.get(), by.get().inputs()) - full(by.get(), before);
        replaced.put(index, by.get());
      } else if (reads(before, value)) {
        return Optional.empty(); // in another shape
      }
    }
    return further > 0 ? Optional.empty() : Optional.of(replaced);
  }

  private static boolean reads(List<Value> inputs, Value value) {
    return inputs.stream().anyMatch(input -> input.root() == value);
  }

  private static long full(ElementwiseCall functions, List<Value> inputs) {
    return inputs.stream().filter(functions::isFull).count();
  }

  /** Returns a reader of a value rewritten to compute it; empty if it cannot. */
  private static Optional<ElementwiseCall> computing(
      Value value, List<Step> steps, long[] shape, Call call) {
    if (!(call instanceof ElementwiseCall reader)
        || !Arrays.equals(reader.shape(), shape)
        || steps.size() + reader.steps().size() > Fusion.MOST_STEPS) {
      return Optional.empty();
    }
    Set<Value> made = new HashSet<>();
    steps.forEach(step -> made.add(step.result()));
    List<Step> all =
        ElementwiseCall.joined(
            steps, reader.steps().stream().filter(step -> !made.contains(step.result())).toList());
    ElementwiseCall computing =
        new ElementwiseCall(
            reader.runtime(), shape, sharingTanh(all), reader.kept(), reader.sums());
    return Optional.of(computing).filter(by -> !reads(by.inputs(), value));
  }

  /** Makes the gradient of tanh use a tanh that the same call computes. */
  private static List<Step> sharingTanh(List<Step> steps) {
    Map<Value, Value> tanh = new HashMap<>();
    List<Step> shared = new ArrayList<>();
    for (Step step : steps) {
      Value x = step.arguments().get(0);
      if (step.function() == ElementwiseOp.TANH) {
        tanh.put(x, step.result());
      }
      shared.add(
          step.function() == ElementwiseOp.TANH_GRADIENT && tanh.containsKey(x)
              ? new Step(
                  ElementwiseOp.TANH_GRADIENT_OF_RESULT,
                  List.of(tanh.get(x), step.arguments().get(1)),
                  step.constant(),
                  step.result())
              : step);
    }
    return shared;
  }
}
