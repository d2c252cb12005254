package io.ddgan.cli.benchmark;

import java.util.ArrayList;
import java.util.List;

/** Times of the same task, of which the first do not count. */
public final class Stopwatch {

  private static final int WARM_UP = 2;
  private static final double MILLISECOND = 1e6;

  private final List<Double> milliseconds = new ArrayList<>();

  /** How often a task must be timed so that a number of times count. */
  static int repetitions(int counted) {
    return WARM_UP + counted;
  }

  /** Does the task and keeps how long it took. */
  void time(Runnable task) {
    milliseconds.add(milliseconds(task));
  }

  /** Does a task and says how long it took. */
  public static double milliseconds(Runnable task) {
    long start = System.nanoTime();
    task.run();
    return (System.nanoTime() - start) / MILLISECOND;
  }

  /** Median of the times that count, in milliseconds to one decimal. */
  double median() {
    return rounded(median(milliseconds.subList(WARM_UP, milliseconds.size())));
  }

  /** Median of at least one number. */
  public static double median(List<Double> numbers) {
    List<Double> sorted = numbers.stream().sorted().toList();
    int n = sorted.size();
    return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
  }

  /** To one decimal. */
  static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
