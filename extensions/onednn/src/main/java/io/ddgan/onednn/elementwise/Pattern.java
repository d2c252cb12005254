package io.ddgan.onednn.elementwise;

import io.ddgan.engine.Value;
import io.ddgan.onednn.elementwise.ElementwiseCall.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** An expression of functions that can be computed in one loop. */
public sealed interface Pattern {

  /** Any value; equal numbers stand for the same value. */
  record Argument(int number) implements Pattern {}

  /**
   * A function.
   *
   * @param isFree true if any constant matches
   */
  record Of(ElementwiseOp function, float constant, boolean isFree, List<Pattern> arguments)
      implements Pattern {}

  /** Returns a function without a constant. */
  static Pattern of(ElementwiseOp function, Pattern... arguments) {
    return new Of(function, 0, false, List.of(arguments));
  }

  /** Returns a function with a given constant. */
  static Pattern of(ElementwiseOp function, float constant, Pattern argument) {
    return new Of(function, constant, false, List.of(argument));
  }

  /** Returns a function with any constant, which becomes the loop's next constant. */
  static Pattern ofAny(ElementwiseOp function, Pattern argument) {
    return new Of(function, 0, true, List.of(argument));
  }

  /**
   * A match of a pattern.
   *
   * @param arguments by number
   * @param constants constants in the order of traversal
   * @param steps all matched steps, which the loop replaces
   */
  record Match(Map<Integer, Value> arguments, List<Float> constants, Set<Step> steps) {

    private static final Match NOTHING = new Match(Map.of(), List.of(), Set.of());

    private Optional<Match> with(int number, Value value) {
      if (arguments.containsKey(number)) {
        return arguments.get(number) == value ? Optional.of(this) : Optional.empty();
      }
      Map<Integer, Value> more = new TreeMap<>(arguments);
      more.put(number, value);
      return Optional.of(new Match(more, constants, steps));
    }

    private Match with(Step step, boolean isFree) {
      Set<Step> more = new LinkedHashSet<>(steps);
      List<Float> all = new ArrayList<>(constants);
      if (more.add(step) && isFree) {
        all.add(step.constant());
      }
      return new Match(arguments, all, more);
    }
  }

  /** Matches the pattern with the steps that compute a value. */
  default Optional<Match> find(Value value, Map<Value, Step> makers) {
    return find(this, value, makers, Match.NOTHING);
  }

  private static Optional<Match> find(
      Pattern pattern, Value value, Map<Value, Step> makers, Match before) {
    if (pattern instanceof Argument argument) {
      return before.with(argument.number(), value);
    }
    Of of = (Of) pattern;
    Step step = makers.get(value);
    if (step == null
        || step.function() != of.function()
        || (!of.isFree() && step.constant() != of.constant())) {
      return Optional.empty();
    }
    Match match = before.with(step, of.isFree());
    List<Value> values = step.arguments();
    if (values.size() == 1) {
      return find(of.arguments().get(0), values.get(0), makers, match);
    }
    return find(of, values.get(0), values.get(1), makers, match)
        .or(
            () ->
                of.function().isCommutative()
                    ? find(of, values.get(1), values.get(0), makers, match)
                    : Optional.empty());
  }

  private static Optional<Match> find(
      Of of, Value first, Value second, Map<Value, Step> makers, Match match) {
    return find(of.arguments().get(0), first, makers, match)
        .flatMap(found -> find(of.arguments().get(1), second, makers, found));
  }
}
