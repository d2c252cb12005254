package io.ddgan.onednn.winograd;

import io.ddgan.onednn.runtime.VectorLoops;

/**
 * The division of maps into tiles.
 *
 * @param height rows of pixels, a multiple of the tile size
 * @param width columns of pixels, a multiple of the tile size
 * @param channels number of channels, at least the lanes of a vector
 */
public record Tiling(int height, int width, int channels) {

  /** Rows and columns of a tile of the output. */
  static final int SIDE = 4;

  /** Maximum vectors per run, which are processed together. */
  static final int TOGETHER = 8;

  private static final int LANES = VectorLoops.LANES.length();

  /** Returns the number of runs of a pixel's channels. */
  int runs() {
    return (wholeVectors() + TOGETHER - 1) / TOGETHER + (channels % LANES > 0 ? 1 : 0);
  }

  private int wholeVectors() {
    return channels / LANES;
  }

  /** Returns the number of vectors of a run. */
  int vectors(int run) {
    return Math.max(1, Math.min(TOGETHER, wholeVectors() - run * TOGETHER));
  }

  /** Returns the first channel of a run. The last run overlaps the previous one if needed. */
  int channel(int run) {
    return Math.min(run * TOGETHER * LANES, lastChannel());
  }

  /** Returns the first channel of the last vector. */
  int lastChannel() {
    return channels - LANES;
  }

  int across() {
    return width / SIDE;
  }

  int perExample() {
    return height / SIDE * across();
  }

  /** Returns the position of a tile's upper left pixel. */
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
