package io.ddgan.onednn.elementwise;

import io.ddgan.engine.Value;
import io.ddgan.onednn.elementwise.ElementwiseCall.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A loop over a strip: one function or several fused ones.
 *
 * @param arguments one to three arguments
 * @param a first constant, if any
 * @param b second constant, if any
 */
public record StripLoop(Loop loop, List<Value> arguments, float a, float b, Value result) {

  /** Returns a call's loops, as few as possible. */
  public static List<StripLoop> of(ElementwiseCall call) {
    return new Combining(call).loops();
  }

  private static StripLoop of(Step step) {
    return new StripLoop(
        step.function().loop(), step.arguments(), step.constant(), 0, step.result());
  }

  private static StripLoop of(FusedOp combination, Pattern.Match match, Value result) {
    List<Float> constants = match.constants();
    return new StripLoop(
        combination.loop(),
        List.copyOf(match.arguments().values()),
        constants.isEmpty() ? 0 : constants.get(0),
        constants.size() < 2 ? 0 : constants.get(1),
        result);
  }

  /** Finds repetitions and patterns. */
  private static final class Combining {

    private final Set<Value> visible = new HashSet<>();
    private final List<Step> steps;
    private final Map<Value, Step> makers = new HashMap<>();
    private final Map<Value, Set<Step>> users = new HashMap<>();

    Combining(ElementwiseCall call) {
      visible.addAll(call.kept());
      call.sums().forEach(sum -> visible.add(sum.maps()));
      steps = withoutRepetitions(call.steps());
      for (Step step : steps) {
        makers.put(step.result(), step);
        for (Value argument : step.arguments()) {
          users.computeIfAbsent(argument, value -> new HashSet<>()).add(step);
        }
      }
    }

    /** Removes repeated functions of the same values. */
    private List<Step> withoutRepetitions(List<Step> all) {
      record Same(ElementwiseOp function, List<Value> arguments, float constant) {}

      Map<Same, Value> known = new HashMap<>();
      Map<Value, Value> names = new HashMap<>();
      List<Step> once = new ArrayList<>();
      for (Step step : all) {
        List<Value> arguments =
            step.arguments().stream().map(value -> names.getOrDefault(value, value)).toList();
        Same same = new Same(step.function(), arguments, step.constant());
        if (known.containsKey(same) && !visible.contains(step.result())) {
          names.put(step.result(), known.get(same));
        } else {
          known.putIfAbsent(same, step.result());
          once.add(new Step(step.function(), arguments, step.constant(), step.result()));
        }
      }
      return once;
    }

    List<StripLoop> loops() {
      List<StripLoop> loops = new ArrayList<>();
      Set<Step> done = new HashSet<>();
      for (int i = steps.size() - 1; i >= 0; i--) {
        Step step = steps.get(i);
        if (done.add(step)) {
          loops.add(combined(step, done).orElseGet(() -> StripLoop.of(step)));
        }
      }
      Collections.reverse(loops);
      return loops;
    }

    private Optional<StripLoop> combined(Step last, Set<Step> done) {
      for (FusedOp combination : FusedOp.values()) {
        Optional<Pattern.Match> match =
            combination.pattern().find(last.result(), makers).filter(found -> isAlone(found, last));
        if (match.isPresent()) {
          done.addAll(match.get().steps());
          return match.map(found -> StripLoop.of(combination, found, last.result()));
        }
      }
      return Optional.empty();
    }

    /**
     * Returns whether only the match reads its intermediate results, and none is an argument of it.
     */
    private boolean isAlone(Pattern.Match match, Step last) {
      return match.steps().stream()
          .filter(step -> !step.equals(last))
          .allMatch(
              step ->
                  !visible.contains(step.result())
                      && !match.arguments().containsValue(step.result())
                      && match.steps().containsAll(users.get(step.result())));
    }
  }
}
