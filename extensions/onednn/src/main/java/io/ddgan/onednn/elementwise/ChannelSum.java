package io.ddgan.onednn.elementwise;

import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.NativeFloats;

/**
 * A sum over the pixels of maps, and optionally over channels and examples.
 *
 * @param maps {@code [N, H, W, C]}
 * @param examples 1 to sum over examples, or the number of examples
 * @param groups number of groups of channels that are summed
 * @param weight factor of each sum
 */
public record ChannelSum(Value maps, Value sum, int examples, int groups, double weight) {

  /**
   * Adds partial sums in order.
   *
   * @param partial {@code [N * parts, C]}, with the same number of parts per example
   */
  void finish(float[] partial, NativeFloats sums) {
    int channels = (int) maps.shape()[3];
    int rows = partial.length / channels / examples;
    int together = channels / groups;
    for (int n = 0; n < examples; n++) {
      for (int g = 0; g < groups; g++) {
        double total = 0;
        for (int i = n * rows; i < (n + 1) * rows; i++) {
          for (int k = g * together; k < (g + 1) * together; k++) {
            total += partial[i * channels + k];
          }
        }
        sums.put(n * groups + g, (float) (total * weight));
      }
    }
  }
}
