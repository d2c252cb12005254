package io.ddgan.onednn.elementwise;

import io.ddgan.engine.Call;
import io.ddgan.engine.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The pass that fuses elementwise functions. Functions are collected with others of the same shape
 * until another call reads a result. All results are kept; {@link Rematerialisation} removes
 * unnecessary ones.
 */
public final class Fusion {

  /** Maximum number of steps; more need more registers than the nearest cache holds. */
  static final int MOST_STEPS = 48;

  private final List<Call> calls = new ArrayList<>();
  private final List<ElementwiseCall> waiting = new ArrayList<>();

  private Fusion() {}

  public static List<Call> of(List<Call> calls) {
    Fusion pass = new Fusion();
    calls.forEach(pass::add);
    pass.calls.addAll(pass.waiting);
    return pass.calls;
  }

  /** Returns the roots of values: the owners of their memory. */
  public static Set<Value> roots(List<Value> values) {
    Set<Value> roots = new LinkedHashSet<>();
    values.forEach(value -> roots.add(value.root()));
    return roots;
  }

  private void add(Call call) {
    Set<Value> read = roots(call.inputs());
    List<ElementwiseCall> needed = new ArrayList<>();
    for (ElementwiseCall each : waiting) {
      if (roots(each.outputs()).stream().anyMatch(read::contains)) {
        needed.add(each);
      }
    }
    if (!(call instanceof ElementwiseCall functions)) {
      needed.forEach(this::flush);
      calls.add(call);
      return;
    }
    List<ElementwiseCall> same =
        needed.stream().filter(each -> canBeOneWith(each, functions)).toList();
    needed.stream().filter(each -> !same.contains(each)).forEach(this::flush);
    ElementwiseCall all = functions;
    for (int i = same.size() - 1; i >= 0; i--) {
      ElementwiseCall first = same.get(i);
      waiting.remove(first);
      if (first.steps().size() + all.steps().size() <= MOST_STEPS) {
        all = first.with(all);
      } else {
        calls.add(first);
      }
    }
    if (all.steps().isEmpty()) {
      calls.add(all); // nothing is fused with a sum
    } else {
      waiting.add(all);
    }
  }

  /** Returns whether one reads results of the other in the same shape, and no sums. */
  private static boolean canBeOneWith(ElementwiseCall a, ElementwiseCall b) {
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

  private void flush(ElementwiseCall functions) {
    waiting.remove(functions);
    calls.add(functions);
  }
}
