package io.ddgan.onednn;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;

/** Sums of maps with the channels last over pixels, and over channels and examples besides. */
final class ChannelSum implements Kernel {

  /** So many pixels are added up by themselves, which halves the rounding. */
  private static final int TOGETHER = 64;

  private final Runtime runtime;
  private final Numbers maps;
  private final Numbers sums;
  private final int examples;
  private final int pixels;
  private final int channels;
  private final int examplesKept;
  private final int groupsKept;
  private final float weight;
  private final float[] perExample;

  /**
   * A sum.
   *
   * @param examplesKept number of sums over examples: 1, or that of the examples
   * @param groupsKept number of groups of neighbouring channels that are added up
   */
  ChannelSum(
      Runtime runtime, Value maps, Value sums, int examplesKept, int groupsKept, double weight) {
    this.runtime = runtime;
    this.maps = Runtime.numbers(maps);
    this.sums = Runtime.numbers(sums);
    long[] s = maps.shape();
    this.examples = (int) s[0];
    this.pixels = (int) (s[1] * s[2]);
    this.channels = (int) s[3];
    this.examplesKept = examplesKept;
    this.groupsKept = groupsKept;
    this.weight = (float) weight;
    this.perExample = new float[examples * channels];
  }

  @Override
  public void run() {
    runtime.run(examples, (example, worker) -> sumPixels(example));
    int together = channels / groupsKept;
    for (int n = 0; n < examplesKept; n++) {
      for (int g = 0; g < groupsKept; g++) {
        double sum = 0;
        for (int i = n; i < (examplesKept == 1 ? examples : n + 1); i++) {
          for (int k = g * together; k < (g + 1) * together; k++) {
            sum += perExample[i * channels + k];
          }
        }
        sums.put(n * groupsKept + g, (float) (sum * weight));
      }
    }
  }

  private void sumPixels(int example) {
    int to = example * channels;
    java.util.Arrays.fill(perExample, to, to + channels, 0);
    for (int p = 0; p < pixels; p += TOGETHER) {
      int rows = Math.min(TOGETHER, pixels - p);
      Vectors.sumRows(
          maps, (example * pixels + p) * channels, rows, channels, channels, perExample, to);
    }
  }
}
