package io.ddgan.app.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * From numbers to pixels. An axis ends at ticks, so that every number lies within it.
 *
 * @param ticks the marked numbers, rising, at least two
 * @param isLogarithmic whether equal ratios are equally long
 * @param from pixel of the first tick
 * @param to pixel of the last tick
 */
record Axis(List<Double> ticks, boolean isLogarithmic, double from, double to) {

  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  /** Numbers further apart than this are drawn by their logarithm. */
  private static final double FAR_APART = 99.99;

  /** The same of numbers that have a tick each, such as doubled ones. */
  private static final double SEVERAL_TIMES = 4;

  static final int MOST_TICKS = 7;

  /** Pixels to leave between what stands at two ticks. */
  private static final double APART = 12;

  /** Of letters, in pixels. */
  static final double SIZE = 13;

  private static final double MOST_PLAIN = 1e6;
  private static final double LEAST_PLAIN = 1e-3;

  Axis {
    ticks = List.copyOf(ticks);
  }

  /**
   * An axis for numbers.
   *
   * @param numbers finite, at least one
   * @param most ticks that there is room for
   */
  static Axis over(List<Double> numbers, int most, double from, double to) {
    double least = numbers.stream().mapToDouble(x -> x).min().orElseThrow();
    double greatest = numbers.stream().mapToDouble(x -> x).max().orElseThrow();
    if (least > 0 && greatest / least >= FAR_APART) {
      return new Axis(powers(least, greatest, most), true, from, to);
    }
    boolean areWhole = numbers.stream().allMatch(x -> x == Math.rint(x));
    return new Axis(even(least, greatest, most, areWhole), false, from, to);
  }

  /**
   * An axis from left to right, with as many ticks as there is room for what stands at them; half
   * of that sticks out at both ends.
   *
   * @param numbers finite, at least one
   * @param edge pixel from which on there is room
   * @param left pixel from which on numbers are drawn
   * @param right pixel up to which there is room
   * @param inset pixels to leave between the ends and the outermost numbers
   */
  static Axis across(List<Double> numbers, double edge, double left, double right, double inset) {
    for (int most = MOST_TICKS; ; most--) {
      Axis wide = over(numbers, most, left, right);
      double half = wide.room() / 2;
      Axis axis =
          new Axis(
              wide.ticks(),
              wide.isLogarithmic(),
              Math.max(left + inset, edge + half),
              right - Math.max(inset, half));
      double apart = axis.at(axis.ticks().get(1)) - axis.at(axis.ticks().get(0)) - axis.room();
      if (apart >= APART || most == 2) {
        return axis;
      }
    }
  }

  /**
   * An axis that has a tick at every number, if these are few and there is room for what stands at
   * them.
   */
  static Optional<Axis> withTicksAt(List<Double> numbers, double from, double to) {
    List<Double> each = numbers.stream().distinct().sorted().toList();
    if (each.size() < 2 || each.size() > MOST_TICKS) {
      return Optional.empty();
    }
    double least = each.get(0);
    boolean isLogarithmic = least > 0 && each.get(each.size() - 1) / least >= SEVERAL_TIMES;
    Axis axis = new Axis(each, isLogarithmic, from, to);
    for (int i = 1; i < each.size(); i++) {
      double half = (axis.room(each.get(i - 1)) + axis.room(each.get(i))) / 2;
      if (axis.at(each.get(i)) - axis.at(each.get(i - 1)) < half + APART) {
        return Optional.empty();
      }
    }
    return Optional.of(axis);
  }

  /** Pixels that what stands at a tick may need. */
  double room(double tick) {
    return TextWidth.room(text(tick), SIZE);
  }

  /** Pixels that what stands at any tick may need. */
  double room() {
    return ticks.stream().mapToDouble(this::room).max().orElseThrow();
  }

  /** Whole numbers have ticks at whole numbers. */
  private static List<Double> even(double least, double greatest, int most, boolean areWhole) {
    if (greatest - least <= Math.ulp(Math.max(Math.abs(least), Math.abs(greatest))) * 8) {
      double around = least == 0 ? 1 : Math.abs(least) / 10;
      return even(least - around, greatest + around, most, false);
    }
    double rough = Math.max((greatest - least) / (most - 1), areWhole ? 1 : 0);
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double candidate : STEPS) {
      double step = candidate * power;
      long first = (long) Math.floor(least / step);
      long last = (long) Math.ceil(greatest / step);
      if (last - first < most && !(areWhole && step != Math.rint(step))) {
        return ticks(first, last, step);
      }
    }
    double step = 2 * STEPS[STEPS.length - 1] * power;
    return ticks((long) Math.floor(least / step), (long) Math.ceil(greatest / step), step);
  }

  private static List<Double> ticks(long first, long last, double step) {
    List<Double> ticks = new ArrayList<>();
    BigDecimal exact = new BigDecimal(step, new MathContext(3));
    for (long i = first; i <= last; i++) {
      ticks.add(exact.multiply(BigDecimal.valueOf(i)).doubleValue());
    }
    return ticks;
  }

  private static List<Double> powers(double least, double greatest, int most) {
    int first = (int) Math.floor(Math.log10(least));
    int last = (int) Math.ceil(Math.log10(greatest));
    int step = Math.max(1, (int) Math.ceil((last - first) / (double) (most - 1)));
    List<Double> ticks = new ArrayList<>();
    for (int power = first; power < last + step; power += step) {
      ticks.add(Double.parseDouble("1e" + power));
    }
    return ticks;
  }

  /** The pixel of a number within the axis. */
  double at(double number) {
    double first = scaled(ticks.get(0));
    double last = scaled(ticks.get(ticks.size() - 1));
    return from + (scaled(number) - first) / (last - first) * (to - from);
  }

  private double scaled(double number) {
    return isLogarithmic ? Math.log10(number) : number;
  }

  /** What stands at a tick, with as many decimals as its neighbours. */
  String text(double tick) {
    double greatest = ticks.stream().mapToDouble(Math::abs).max().orElseThrow();
    if (isLogarithmic || greatest >= MOST_PLAIN || greatest < LEAST_PLAIN) {
      return isPlain(tick) ? plain(tick) : scientific(tick);
    }
    int decimals = ticks.stream().mapToInt(Axis::decimals).max().orElseThrow();
    return String.format(Locale.ROOT, "%,." + decimals + "f", tick == 0 ? 0 : tick);
  }

  private static boolean isPlain(double number) {
    return number == 0 || (Math.abs(number) >= LEAST_PLAIN && Math.abs(number) < MOST_PLAIN);
  }

  private static String plain(double number) {
    return String.format(Locale.ROOT, "%,." + decimals(number) + "f", number);
  }

  private static int decimals(double number) {
    return Math.max(0, BigDecimal.valueOf(number).stripTrailingZeros().scale());
  }

  private static String scientific(double number) {
    BigDecimal exact = BigDecimal.valueOf(number).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    return "%se%d".formatted(exact.movePointLeft(exponent).toPlainString(), exponent);
  }
}
