package io.ddgan.onednn.winograd;

import io.ddgan.onednn.convolution.ChannelBlocks.Block;
import io.ddgan.onednn.runtime.WorkAreas;

/**
 * Where Winograd's factors of few tiles and many weights lie: those of all tiles in the area that
 * threads share, in two arrays, and those of a block of the weights in a thread's own area, after
 * these weights themselves. All in numbers.
 *
 * @param tiles number of tiles
 * @param in channels of the first array
 * @param out channels of the second array
 */
record FactorLayout(int tiles, int in, int out) {

  /** From one of the factors of the first array to the next. */
  int firstStep() {
    return tiles * in + WorkAreas.APART;
  }

  /** From one of the factors of the second array to the next. */
  int secondStep() {
    return tiles * out + WorkAreas.APART;
  }

  /** Where the second array begins; the first is at 0. */
  int second() {
    return WinogradTransforms.POINTS * firstStep();
  }

  /** Weights of a block. */
  int weights(Block block) {
    return in * block.size();
  }

  /** From one of the factors of a block's weights to the next. */
  int blockStep(Block block) {
    return weights(block) + WorkAreas.APART;
  }

  /** Where the factors of a block's weights begin. */
  int blockFactors(Block block) {
    return 9 * weights(block);
  }
}
