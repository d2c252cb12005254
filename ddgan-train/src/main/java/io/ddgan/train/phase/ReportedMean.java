package io.ddgan.train.phase;

import java.util.List;
import java.util.Map;

/** The mean of what a column reports in a step, and the means in ranges of the time. */
final class ReportedMean {

  private final TimeRanges ranges;
  private final List<String> byTime;
  private final double[] sums;
  private final int[] counts;
  private double mean;

  /**
   * Of nothing yet.
   *
   * @param byTime columns of the means in ranges of the time, if there are any
   */
  ReportedMean(TimeRanges ranges, List<String> byTime) {
    this.ranges = ranges;
    this.byTime = byTime;
    this.sums = new double[byTime.size()];
    this.counts = new int[byTime.size()];
  }

  /**
   * Adds a shard.
   *
   * @param first the shard's first example
   */
  void add(float[] values, int shards, int[] times, int first) {
    for (int i = 0; i < values.length; i++) {
      mean += (double) values[i] / values.length / shards;
      if (!byTime.isEmpty()) {
        int range = ranges.of(times[first + i]);
        sums[range] += values[i];
        counts[range]++;
      }
    }
  }

  void into(String column, Map<String, Double> values) {
    values.put(column, mean);
    for (int range = 0; range < byTime.size(); range++) {
      if (counts[range] > 0) {
        values.put(byTime.get(range), sums[range] / counts[range]);
      }
    }
  }
}
