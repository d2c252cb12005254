package io.ddgan.eval.classifier;

import io.ddgan.random.RandomStreams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
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
    List<Integer> all = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    shuffle(all, random.stream("classifier-split"));
    int held = size / PART;
    return new Split(List.copyOf(all.subList(held, size)), List.copyOf(all.subList(0, held)));
  }

  /** Brings a list into a random order. */
  static void shuffle(List<Integer> list, RandomGenerator random) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }
}
