package io.ddgan.train.phase;

import io.ddgan.api.AdaptiveValue;
import io.ddgan.api.RefusedException;
import io.ddgan.internal.weights.Safetensors;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The adaptive values of a training. They change between steps only, so all phases of a step see
 * the same values.
 */
public final class AdaptiveValues {

  /** Name of the checkpoint part that stores them. */
  public static final String PART = "adaptive";

  private static final String SUM = "/sum";
  private static final String COUNT = "/count";

  private final Map<String, AdaptiveValue> numbers;
  private final Map<String, State> states = new TreeMap<>();

  /**
   * The state of an adaptive value.
   *
   * @param sum sum of its signal since the last update
   * @param count number of steps with the signal since then
   */
  private record State(double value, double sum, int count) {

    static State of(AdaptiveValue number, double value) {
      return new State(number.clamped(value), 0, 0);
    }
  }

  /** Creates the values of the first step, by name. */
  public AdaptiveValues(Map<String, AdaptiveValue> numbers) {
    this.numbers = new TreeMap<>(numbers);
    numbers.forEach((name, number) -> states.put(name, State.of(number, number.initialValue())));
  }

  /** Adds an adaptive value; names are unique. */
  static void declare(String name, AdaptiveValue number, Map<String, AdaptiveValue> numbers) {
    AdaptiveValue before = numbers.putIfAbsent(name, number);
    if (before != null && !before.equals(number)) {
      throw new RefusedException(
          "the objective has two adaptive values named %s: %s and %s; rename one of them"
              .formatted(name, before, number));
    }
  }

  /** Returns the columns of the signals that they follow. */
  public Set<String> signals() {
    return numbers.values().stream().map(AdaptiveValue::monitor).collect(Collectors.toSet());
  }

  /** Returns the value of a name. */
  public double value(String name) {
    return states.get(name).value();
  }

  /** Returns the values by name, which is also their column of the metrics. */
  public Map<String, Double> values() {
    Map<String, Double> values = new TreeMap<>();
    states.forEach((name, state) -> values.put(name, state.value()));
    return values;
  }

  /** Updates the values with the measurements of a step. */
  public void follow(Map<String, Double> measured, int examples) {
    numbers.forEach(
        (name, number) -> {
          Double signal = measured.get(number.monitor());
          if (signal != null) {
            states.compute(name, (n, before) -> updated(number, before, signal, examples));
          }
        });
  }

  private static State updated(AdaptiveValue number, State before, double signal, int examples) {
    double sum = before.sum() + signal;
    int count = before.count() + 1;
    return count < number.every()
        ? new State(before.value(), sum, count)
        : State.of(number, number.updated(before.value(), sum / count, (long) examples * count));
  }

  /** Returns the state for a checkpoint. */
  public Safetensors save() {
    Map<String, String> metadata = new TreeMap<>();
    states.forEach(
        (name, state) -> {
          metadata.put(name, Double.toString(state.value()));
          metadata.put(name + SUM, Double.toString(state.sum()));
          metadata.put(name + COUNT, Integer.toString(state.count()));
        });
    return new Safetensors(Map.of(), metadata);
  }

  /** Restores the state from a checkpoint; values that it lacks start at their first value. */
  public void restore(Safetensors saved) {
    numbers.forEach(
        (name, number) -> {
          State restored = State.of(number, number.initialValue());
          if (saved.metadata().containsKey(name)) {
            double value = number.clamped(Double.parseDouble(saved.metadata().get(name)));
            double sum = Double.parseDouble(saved.metadata().get(name + SUM));
            int count = Integer.parseInt(saved.metadata().get(name + COUNT));
            restored = new State(value, sum, Math.min(number.every() - 1, count));
          }
          states.put(name, restored);
        });
  }
}
