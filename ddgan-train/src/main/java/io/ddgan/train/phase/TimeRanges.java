package io.ddgan.train.phase;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ranges of the times of a process, of about the same length; single times if there are few. Losses
 * differ so much between times that their overall mean says little.
 */
public record TimeRanges(int steps) {

  private static final int MOST = 8;
  private static final Pattern COLUMN = Pattern.compile("(.+)-(t\\d+(?:-\\d+)?)");

  /** Returns the number of ranges; 0 for a single time. */
  int count() {
    return steps == 1 ? 0 : Math.min(steps, MOST);
  }

  /** Returns the range of a time. */
  int of(int time) {
    return (int) ((long) time * count() / steps);
  }

  /** A column of the values at some times, split into its parts. */
  public record TimedName(String whole, String times) {}

  /** Splits the column of a range of times; empty for other columns. */
  public static Optional<TimedName> part(String column) {
    Matcher matcher = COLUMN.matcher(column);
    return matcher.matches()
        ? Optional.of(new TimedName(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** Returns the columns of the ranges, such as {@code generator-loss-t3}. */
  List<String> columns(String column) {
    List<String> columns = new ArrayList<>();
    for (int range = 0; range < count(); range++) {
      int first = first(range);
      int last = first(range + 1) - 1;
      columns.add("%s-t%d%s".formatted(column, first, last == first ? "" : "-" + last));
    }
    return columns;
  }

  /** Returns the first time of a range. */
  private int first(int range) {
    return Math.toIntExact(((long) range * steps + count() - 1) / count());
  }
}
