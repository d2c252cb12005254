package io.ddgan.eval.classifier;

import io.ddgan.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which examples a classifier is trained on and which, one sixth, it is tested on.
 *
 * @param training indices of examples
 * @param test indices of the others
 */
record Split(List<Integer> training, List<Integer> test) {

  /** One in so many is held out. */
  static final int PART = 6;

  /** Draws a split of so many examples. */
  static Split of(int size, RandomStreams random) {
    int[] order = IntStream.range(0, size).toArray();
    RandomStreams.shuffle(order, random.stream("classifier-split"));
    List<Integer> all = Arrays.stream(order).boxed().toList();
    int held = size / PART;
    return new Split(all.subList(held, size), all.subList(0, held));
  }
}
