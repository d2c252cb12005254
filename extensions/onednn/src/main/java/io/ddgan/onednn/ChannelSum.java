package io.ddgan.onednn;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import java.nio.ByteBuffer;

/** Sums of maps with the channels last over pixels, and over channels and examples besides. */
final class ChannelSum implements Kernel {

  /** So many pixels are added up by themselves, which halves the rounding. */
  private static final int TOGETHER = 64;

  private final Runtime runtime;
  private final ByteBuffer maps;
  private final ByteBuffer sums;
  private final int examples;
  private final int pixels;
  private final int channels;
  private final boolean keepsExamples;
  private final boolean keepsChannels;
  private final float weight;
  private final float[] perExample;

  ChannelSum(Runtime runtime, Value maps, Value sums, double weight) {
    this.runtime = runtime;
    this.maps = Runtime.bytes(maps);
    this.sums = Runtime.bytes(sums);
    long[] s = maps.shape();
    this.examples = (int) s[0];
    this.pixels = (int) (s[1] * s[2]);
    this.channels = (int) s[3];
    this.keepsExamples = sums.shape()[0] == examples;
    this.keepsChannels = sums.shape()[1] == channels;
    this.weight = (float) weight;
    this.perExample = new float[examples * channels];
  }

  @Override
  public void run() {
    runtime.run(examples, (example, worker) -> sumPixels(example));
    int to = 0;
    for (int n = 0; n < (keepsExamples ? examples : 1); n++) {
      for (int c = 0; c < (keepsChannels ? channels : 1); c++) {
        double sum = 0;
        for (int i = n; i < (keepsExamples ? n + 1 : examples); i++) {
          for (int k = c; k < (keepsChannels ? c + 1 : channels); k++) {
            sum += perExample[i * channels + k];
          }
        }
        Vectors.put(sums, to++, (float) (sum * weight));
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
