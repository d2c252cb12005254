package io.ddgan.app.text;

import java.time.Duration;
import java.util.Locale;

/** Formats bytes and seconds to two digits, counts, and measured values. */
public final class Quantities {

  private static final double KIBI = 1024;
  private static final double MINUTE = 60;
  private static final double HOUR = 60 * MINUTE;
  private static final double DAY = 24 * HOUR;
  private static final double YEAR = 365.25 * DAY;

  private Quantities() {}

  /** Formats bytes, such as {@code 480 MiB} or {@code 38 GiB}. */
  public static String bytes(long bytes) {
    double mebi = bytes / (KIBI * KIBI);
    return mebi < 999.5 ? number(mebi) + " MiB" : number(mebi / KIBI) + " GiB";
  }

  /**
   * Formats seconds, such as {@code 150 ms}, {@code 12 s}, {@code 3.5 hours} or {@code 2.9 years}.
   */
  public static String seconds(double seconds) {
    if (seconds < 0.9995) {
      return number(seconds * 1000) + " ms";
    }
    if (seconds < 2 * MINUTE) {
      return number(seconds) + " s";
    }
    if (seconds < 2 * HOUR) {
      return number(seconds / MINUTE) + " minutes";
    }
    if (seconds < 2 * DAY) {
      return number(seconds / HOUR) + " hours";
    }
    return seconds < YEAR ? number(seconds / DAY) + " days" : number(seconds / YEAR) + " years";
  }

  /** Formats seconds as {@code 1:05:12}, for countdowns. */
  public static String clock(double seconds) {
    Duration time = Duration.ofSeconds(Math.round(seconds));
    return "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }

  /** Formats a count, such as {@code 1 trial} or {@code 2,000 processes}. */
  public static String count(long number, String what) {
    String ending = what.endsWith("s") ? "es" : "s";
    return "%,d %s%s".formatted(number, what, number == 1 ? "" : ending);
  }

  /** Formats a measured value: a whole number as it is, others to four decimals. */
  public static String measured(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f" : "%,.0f", value);
  }
}
