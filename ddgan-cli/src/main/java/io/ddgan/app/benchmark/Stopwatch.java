package io.ddgan.app.benchmark;

import java.util.ArrayList;
import java.util.List;

/** Times of the same task, as far as they count. */
final class Stopwatch {

  /** Runs of a task that do not count, at least. */
  static final int WARM_UP = 2;

  private final List<Double> times = new ArrayList<>();

  /** Does a task, and keeps how long it took if that counts. */
  void time(Runnable task, boolean counts) {
    double time = milliseconds(task);
    if (counts) {
      times.add(time);
    }
  }

  /** Number of times that count. */
  int count() {
    return times.size();
  }

  /** Does a task some times that do not count and some that do, and gives the median of those. */
  static double median(int runs, Runnable task) {
    Stopwatch stopwatch = new Stopwatch();
    for (int i = 0; i < WARM_UP + runs; i++) {
      stopwatch.time(task, i >= WARM_UP);
    }
    return stopwatch.median();
  }

  /** Median of the times that count, in milliseconds to one decimal. */
  double median() {
    List<Double> sorted = times.stream().sorted().toList();
    int n = sorted.size();
    return rounded((sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2);
  }

  /** Does a task and says how long it took. */
  static double milliseconds(Runnable task) {
    long start = System.nanoTime();
    task.run();
    return (System.nanoTime() - start) / 1e6;
  }

  /** To one decimal. */
  static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
