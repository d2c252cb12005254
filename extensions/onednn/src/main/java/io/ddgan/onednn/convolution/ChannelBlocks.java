package io.ddgan.onednn.convolution;

import io.ddgan.onednn.runtime.VectorLoops;
import java.util.ArrayList;
import java.util.List;

/** Divides channels into blocks whose weights and Winograd factors fit in a core's cache. */
public final class ChannelBlocks {

  /** Maximum filters of a block, with 9 weights and 36 factors each, in a cache of 2 MB. */
  private static final int WEIGHTS = 1 << 13;

  /** Minimum number of blocks, to keep threads busy, if there are enough channels. */
  private static final int FEWEST = 4;

  private ChannelBlocks() {}

  /**
   * A range of channels.
   *
   * @param first first channel
   * @param size number of channels
   */
  public record Block(int first, int size) {}

  /** Divides channels into equal blocks, except a smaller last one; depends only on the shape. */
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
