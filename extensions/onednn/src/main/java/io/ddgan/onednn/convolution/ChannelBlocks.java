package io.ddgan.onednn.convolution;

import io.ddgan.onednn.runtime.VectorLoops;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides channels into blocks of so few that the weights between a block and the other channels
 * stay in a core's cache, with Winograd's factors of them.
 */
public final class ChannelBlocks {

  /** Weights of 9 taps, with 36 factors each, in a cache of 2 MB. */
  private static final int WEIGHTS = 1 << 13;

  /** Blocks, for as many threads, where there are channels enough. */
  private static final int FEWEST = 4;

  private ChannelBlocks() {}

  /**
   * Neighbouring channels.
   *
   * @param first the first of them
   * @param size how many they are
   */
  public record Block(int first, int size) {}

  /** Blocks of channels, of which only the last is smaller; the shape alone decides. */
  public static List<Block> of(int channels, int others) {
    int lanes = VectorLoops.LANES.length();
    int size = Math.max(lanes, Math.min(WEIGHTS / others, channels / FEWEST) / lanes * lanes);
    List<Block> blocks = new ArrayList<>();
    for (int first = 0; first < channels; first += size) {
      blocks.add(new Block(first, Math.min(size, channels - first)));
    }
    return List.copyOf(blocks);
  }
}
