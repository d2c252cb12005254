package io.ddgan.app.sweep;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.ddgan.api.RefusedException;
import io.ddgan.app.experiment.KeyText;
import io.ddgan.internal.config.Hocon;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Numbers between two ends, evenly spaced on a linear or logarithmic scale.
 *
 * @param written the object, such as {@code { range = [0, 1], count = 5 }}
 * @param isWhole true if both ends are whole numbers; drawn numbers are then whole, too
 */
record Range(ConfigObject written, double from, double to, boolean isLogarithmic, boolean isWhole) {

  private static final String LINEAR = "range";
  private static final String LOGARITHMIC = "log-range";
  private static final String COUNT = "count";

  /** Significant digits of drawn and of computed numbers. */
  private static final MathContext DRAWN = new MathContext(4);

  private static final MathContext EXACT = new MathContext(12);

  /** Returns whether an object is a range rather than nested keys. */
  static boolean is(ConfigObject object) {
    return Set.of(LINEAR, LOGARITHMIC, COUNT).containsAll(object.keySet())
        && (object.containsKey(LINEAR) || object.containsKey(LOGARITHMIC));
  }

  /**
   * Reads a range.
   *
   * @throws RefusedException unless its ends are two increasing numbers
   */
  static Range of(ConfigObject object) {
    boolean isLogarithmic = object.containsKey(LOGARITHMIC);
    String key = isLogarithmic ? LOGARITHMIC : LINEAR;
    ConfigValue ends = object.get(key);
    if (!(ends instanceof ConfigList list)
        || list.size() != 2
        || !(list.get(0).unwrapped() instanceof Number first)
        || !(list.get(1).unwrapped() instanceof Number last)) {
      throw new RefusedException(
          "must have two numbers, as in { range = [1, 8] }; got " + KeyText.value(ends));
    }
    double from = first.doubleValue();
    double to = last.doubleValue();
    if (!(from < to) || (isLogarithmic && from <= 0)) {
      throw new RefusedException(
          "the first number of a range must be %sless than the second, as in [1, 8]"
              .formatted(isLogarithmic ? "greater than 0 and " : ""));
    }
    Optional<Integer> unused = count(object);
    boolean isWhole =
        object.toConfig().getStringList(key).stream().allMatch(end -> end.matches("-?\\d+"));
    return new Range(object, from, to, isLogarithmic, isWhole);
  }

  /**
   * Returns the values for a grid.
   *
   * @throws RefusedException if {@code count} is missing or invalid
   */
  List<ConfigValue> all() {
    int size =
        count(written)
            .orElseThrow(
                () ->
                    new RefusedException(
                        "a range in a grid requires count, as in { range = [0, 1], count = 5 }"));
    return IntStream.range(0, size)
        .mapToObj(i -> number(at(from, to, i / (size - 1.0)), EXACT))
        .toList();
  }

  private static Optional<Integer> count(ConfigObject object) {
    Optional<Integer> count =
        Optional.ofNullable(object.get(COUNT))
            .map(value -> value.unwrapped() instanceof Integer number ? number : 0);
    if (count.filter(size -> size < 2 || size > SweepFile.MOST).isPresent()) {
      throw new RefusedException(
          "count must be a whole number from 2 to %,d".formatted(SweepFile.MOST));
    }
    return count;
  }

  ConfigValue draw(RandomGenerator random) {
    if (!isWhole) {
      return number(at(from, to, random.nextDouble()), DRAWN);
    }
    // rounding gives each whole number an equal share
    double drawn = at(from - 0.5, to + 0.5, random.nextDouble());
    return number(Math.min(to, Math.max(from, Math.rint(drawn))), EXACT);
  }

  private double at(double low, double high, double share) {
    double a = isLogarithmic ? Math.log(low) : low;
    double b = isLogarithmic ? Math.log(high) : high;
    double drawn = a + share * (b - a);
    return isLogarithmic ? Math.exp(drawn) : drawn;
  }

  private ConfigValue number(double value, MathContext digits) {
    BigDecimal rounded = new BigDecimal(value).round(digits);
    boolean fitsInt =
        rounded.stripTrailingZeros().scale() <= 0 && Math.abs(value) < Integer.MAX_VALUE;
    Number number = fitsInt ? (Number) rounded.intValueExact() : (Number) rounded.doubleValue();
    return ConfigValueFactory.fromAnyRef(number, Hocon.place(written));
  }
}
