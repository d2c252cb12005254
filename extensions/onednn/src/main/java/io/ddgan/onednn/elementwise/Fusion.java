package io.ddgan.onednn.elementwise;

import io.ddgan.engine.Call;
import io.ddgan.engine.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The pass that does elementwise functions together. Functions wait for others of the same shape
 * until something else reads what they compute. All of their results are kept: {@link
 * Rematerialisation} knows which need not be.
 */
public final class Fusion {

  /** More of them need more registers than the nearest cache holds. */
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

  /** The values whose memory others lie in. */
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
      calls.add(all); // nothing joins a sum
    } else {
      waiting.add(all);
    }
  }

  /** Whether one reads results of the other as they are, and no sums of it. */
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
