package io.ddgan.onednn.winograd;

import io.ddgan.onednn.runtime.VectorLoops;

/**
 * The shape of maps in tiles.
 *
 * @param height rows of pixels, a multiple of them
 * @param width columns of pixels, a multiple of them
 * @param channels at least as many as lanes
 */
public record Tiling(int height, int width, int channels) {

  /** Rows and columns of a tile of the output. */
  static final int SIDE = 4;

  /** Vectors of neighbouring channels that are done together. */
  static final int TOGETHER = 8;

  private static final int LANES = VectorLoops.LANES.length();

  /** How many runs of vectors the channels of a pixel are. */
  int runs() {
    return (wholeVectors() + TOGETHER - 1) / TOGETHER + (channels % LANES > 0 ? 1 : 0);
  }

  private int wholeVectors() {
    return channels / LANES;
  }

  /** How many vectors a run has. */
  int vectors(int run) {
    return Math.max(1, Math.min(TOGETHER, wholeVectors() - run * TOGETHER));
  }

  /** The first channel of a run. The last overlaps the one before where channels are left. */
  int channel(int run) {
    return Math.min(run * TOGETHER * LANES, lastChannel());
  }

  /** The first channel of the last vector. */
  int lastChannel() {
    return channels - LANES;
  }

  int across() {
    return width / SIDE;
  }

  int perExample() {
    return height / SIDE * across();
  }

  /** Position of the first number of a tile's upper left pixel. */
  int corner(int tile) {
    int example = tile / perExample();
    int row = SIDE * (tile % perExample() / across());
    int column = SIDE * (tile % across());
    return ((example * height + row) * width + column) * channels;
  }

  boolean isInFirstRow(int tile) {
    return tile % perExample() < across();
  }

  boolean isInLastRow(int tile) {
    return tile % perExample() >= perExample() - across();
  }

  boolean isInFirstColumn(int tile) {
    return tile % across() == 0;
  }

  boolean isInLastColumn(int tile) {
    return tile % across() == across() - 1;
  }
}
