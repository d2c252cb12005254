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
 * Numbers from one to another, evenly spread, themselves or their logarithms.
 *
 * @param origin where it is written
 * @param whole whether both ends are written as whole numbers; drawn numbers then are, too
 * @param count how many a grid has of them
 */
record Range(
    String origin,
    double from,
    double to,
    boolean logarithmic,
    boolean whole,
    Optional<Integer> count) {

  private static final String LINEAR = "range";
  private static final String LOGARITHMIC = "log-range";
  private static final String COUNT = "count";

  /** Digits of a number that was drawn, and of one that was computed exactly but for rounding. */
  private static final MathContext DRAWN = new MathContext(4);

  private static final MathContext EXACT = new MathContext(12);

  Range {
    if (!(from < to) || (logarithmic && from <= 0)) {
      throw new RefusedException(
          "a range goes up, as in [1, 8]%s".formatted(logarithmic ? ", from above 0" : ""));
    }
    if (count.isPresent() && (count.get() < 2 || count.get() > Variations.MOST)) {
      throw new RefusedException(
          "the count of a range is from 2 to %,d".formatted(Variations.MOST));
    }
  }

  /** Whether an object stands for a range, not for keys of its own. */
  static boolean is(ConfigObject object) {
    return Set.of(LINEAR, LOGARITHMIC, COUNT).containsAll(object.keySet())
        && (object.containsKey(LINEAR) || object.containsKey(LOGARITHMIC));
  }

  /**
   * Reads a range.
   *
   * @throws RefusedException if it is not one of two numbers
   */
  static Range of(ConfigObject object) {
    boolean logarithmic = object.containsKey(LOGARITHMIC);
    ConfigValue ends = object.get(logarithmic ? LOGARITHMIC : LINEAR);
    if (!(ends instanceof ConfigList list)
        || list.size() != 2
        || !(list.get(0).unwrapped() instanceof Number from)
        || !(list.get(1).unwrapped() instanceof Number to)) {
      throw new RefusedException(
          "expected two numbers, as in { range = [1, 8] }, found " + KeyText.value(ends));
    }
    boolean whole =
        object.toConfig().getStringList(logarithmic ? LOGARITHMIC : LINEAR).stream()
            .allMatch(asWritten -> asWritten.matches("-?\\d+"));
    Optional<Integer> count =
        Optional.ofNullable(object.get(COUNT))
            .map(value -> value.unwrapped() instanceof Integer number ? number : 0);
    return new Range(
        Hocon.place(object), from.doubleValue(), to.doubleValue(), logarithmic, whole, count);
  }

  /**
   * The values of a grid.
   *
   * @throws RefusedException if the range does not say how many
   */
  List<ConfigValue> all() {
    int size =
        count.orElseThrow(
            () ->
                new RefusedException(
                    "a grid needs the range's count, as in { range = [0, 1], count = 5 }"));
    return IntStream.range(0, size)
        .mapToObj(i -> number(at(from, to, i / (size - 1.0)), EXACT))
        .toList();
  }

  ConfigValue draw(RandomGenerator random) {
    if (!whole) {
      return number(at(from, to, random.nextDouble()), DRAWN);
    }
    // each whole number has the share of the range around it
    double drawn = at(from - 0.5, to + 0.5, random.nextDouble());
    return number(Math.min(to, Math.max(from, Math.rint(drawn))), EXACT);
  }

  private double at(double low, double high, double share) {
    double a = logarithmic ? Math.log(low) : low;
    double b = logarithmic ? Math.log(high) : high;
    double drawn = a + share * (b - a);
    return logarithmic ? Math.exp(drawn) : drawn;
  }

  private ConfigValue number(double value, MathContext digits) {
    BigDecimal rounded = new BigDecimal(value).round(digits);
    boolean isWhole = rounded.stripTrailingZeros().scale() <= 0;
    return isWhole && Math.abs(value) < Integer.MAX_VALUE
        ? ConfigValueFactory.fromAnyRef(rounded.intValueExact(), origin)
        : ConfigValueFactory.fromAnyRef(rounded.doubleValue(), origin);
  }
}
