package io.ddgan.train.phase;

import java.util.List;
import java.util.Map;

/** Accumulates the mean of a reported column in a step, and its means by range of times. */
final class ReportedMean {

  private final TimeRanges ranges;
  private final List<String> byTime;
  private final double[] sums;
  private final int[] counts;
  private double mean;

  /**
   * Creates an empty mean.
   *
   * @param byTime columns of the means by range of times; may be empty
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
   * @param first index of the shard's first example
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
