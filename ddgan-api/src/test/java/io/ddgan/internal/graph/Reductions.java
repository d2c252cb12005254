package io.ddgan.internal.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Dimensions that reductions are tested over, each with those reduced kept and dropped. */
final class Reductions {

  private static final List<List<Integer>> DIMENSIONS =
      List.of(
          List.of(),
          List.of(0),
          List.of(1),
          List.of(3),
          List.of(0, 1),
          List.of(1, 2),
          List.of(2, 3),
          List.of(1, 3),
          List.of(0, 3),
          List.of(0, 1, 2),
          List.of(1, 2, 3),
          List.of(0, 1, 2, 3));

  private Reductions() {}

  /** Pairs of dimensions and whether to keep them, for an array of rank 4. */
  static Stream<Arguments> all() {
    List<Arguments> all = new ArrayList<>();
    for (List<Integer> dimensions : DIMENSIONS) {
      for (boolean keep : new boolean[] {false, true}) {
        all.add(Arguments.of(dimensions.stream().mapToInt(Integer::intValue).toArray(), keep));
      }
    }
    return all.stream();
  }
}
