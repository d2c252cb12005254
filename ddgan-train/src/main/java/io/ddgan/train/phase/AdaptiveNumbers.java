package io.ddgan.train.phase;

import io.ddgan.api.AdaptiveValue;
import io.ddgan.api.RefusedException;
import io.ddgan.internal.weights.Safetensors;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The numbers that a training adapts, as they are between two steps. All phases of a step see the
 * same values.
 */
public final class AdaptiveNumbers {

  /** The part of a checkpoint that holds them. */
  public static final String PART = "adaptive";

  private static final String SUM = "/sum";
  private static final String COUNT = "/count";

  private final Map<String, AdaptiveValue> numbers;
  private final Map<String, Position> positions = new TreeMap<>();

  /**
   * Where a number is.
   *
   * @param sum sum of its signal since its last move
   * @param count steps that had the signal since then
   */
  private record Position(double value, double sum, int count) {

    static Position of(AdaptiveValue number, double value) {
      return new Position(number.clamped(value), 0, 0);
    }
  }

  /** The numbers before the first step, by name. */
  public AdaptiveNumbers(Map<String, AdaptiveValue> numbers) {
    this.numbers = new TreeMap<>(numbers);
    numbers.forEach(
        (name, number) -> positions.put(name, Position.of(number, number.initialValue())));
  }

  /** Adds a number to those that losses use; of a name there is one. */
  static void declare(String name, AdaptiveValue number, Map<String, AdaptiveValue> numbers) {
    AdaptiveValue before = numbers.putIfAbsent(name, number);
    if (before != null && !before.equals(number)) {
      throw new RefusedException(
          "the objective uses two adaptive numbers named %s, %s and %s; give one of them another name"
              .formatted(name, before, number));
    }
  }

  /** The columns that they follow. */
  public Set<String> signals() {
    return numbers.values().stream().map(AdaptiveValue::monitor).collect(Collectors.toSet());
  }

  /** The value of one. */
  public double value(String name) {
    return positions.get(name).value();
  }

  /** The values, by name, which is a column of the metrics. */
  public Map<String, Double> values() {
    Map<String, Double> values = new TreeMap<>();
    positions.forEach((name, position) -> values.put(name, position.value()));
    return values;
  }

  /** Takes in what a step has measured, after which the numbers may have other values. */
  public void follow(Map<String, Double> measured, int examples) {
    numbers.forEach(
        (name, number) -> {
          Double signal = measured.get(number.monitor());
          if (signal != null) {
            positions.compute(name, (n, before) -> followed(number, before, signal, examples));
          }
        });
  }

  private static Position followed(
      AdaptiveValue number, Position before, double signal, int examples) {
    double sum = before.sum() + signal;
    int count = before.count() + 1;
    return count < number.every()
        ? new Position(before.value(), sum, count)
        : Position.of(number, number.updated(before.value(), sum / count, (long) examples * count));
  }

  /** What a checkpoint keeps of them. */
  public Safetensors save() {
    Map<String, String> metadata = new TreeMap<>();
    positions.forEach(
        (name, position) -> {
          metadata.put(name, Double.toString(position.value()));
          metadata.put(name + SUM, Double.toString(position.sum()));
          metadata.put(name + COUNT, Integer.toString(position.count()));
        });
    return new Safetensors(Map.of(), metadata);
  }

  /** Takes over what a checkpoint keeps of them; those that it does not have begin. */
  public void restore(Safetensors saved) {
    numbers.forEach(
        (name, number) -> {
          Position restored = Position.of(number, number.initialValue());
          if (saved.metadata().containsKey(name)) {
            double value = number.clamped(Double.parseDouble(saved.metadata().get(name)));
            double sum = Double.parseDouble(saved.metadata().get(name + SUM));
            int count = Integer.parseInt(saved.metadata().get(name + COUNT));
            restored = new Position(value, sum, Math.min(number.every() - 1, count));
          }
          positions.put(name, restored);
        });
  }
}
