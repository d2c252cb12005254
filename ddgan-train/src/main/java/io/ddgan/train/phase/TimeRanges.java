package io.ddgan.train.phase;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The times of a process, each by itself where they are few, else in ranges of about the same
 * length. Losses differ much from time to time, and their mean over all says little.
 */
public record TimeRanges(int steps) {

  private static final int MOST = 8;
  private static final Pattern COLUMN = Pattern.compile("(.+)-(t\\d+(?:-\\d+)?)");

  /** Number of ranges; 0 where there is a single time. */
  int count() {
    return steps == 1 ? 0 : Math.min(steps, MOST);
  }

  /** The range of a time. */
  int of(int time) {
    return (int) ((long) time * count() / steps);
  }

  /** A column of the values at some times. */
  public record TimedName(String whole, String times) {}

  /** What a column of the metrics is a part of, if it is one. */
  public static Optional<TimedName> part(String column) {
    Matcher matcher = COLUMN.matcher(column);
    return matcher.matches()
        ? Optional.of(new TimedName(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** Names of a column's values in the ranges, such as {@code generator-loss-t3}. */
  List<String> columns(String column) {
    List<String> columns = new ArrayList<>();
    for (int range = 0; range < count(); range++) {
      int first = first(range);
      int last = first(range + 1) - 1;
      columns.add("%s-t%d%s".formatted(column, first, last == first ? "" : "-" + last));
    }
    return columns;
  }

  /** The first time of a range. */
  private int first(int range) {
    return Math.toIntExact(((long) range * steps + count() - 1) / count());
  }
}
