package io.ddgan.internal.graph;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Shapes that arithmetic with broadcasting is tested on. */
final class Broadcasts {

  private static final List<List<long[]>> SHAPES =
      List.of(
          pair(shape(2, 3, 4), shape(2, 3, 4)),
          pair(shape(2, 3, 4), shape(4)),
          pair(shape(2, 3, 4), shape(3, 1)),
          pair(shape(2, 1, 4), shape(1, 3, 1)),
          pair(shape(3, 4), shape(2, 3, 4)),
          pair(shape(1, 1, 1), shape(2, 3, 4)),
          pair(shape(1, 1, 1), shape(3)),
          pair(shape(3), shape(1, 1)),
          pair(shape(1, 1), shape(1)),
          pair(shape(2, 3, 4), shape(1)));

  private Broadcasts() {}

  /** Shapes of the left and the right side, and the sides to differentiate by. */
  static Stream<Arguments> all() {
    return SHAPES.stream()
        .flatMap(
            shapes ->
                Stream.of("x", "y", "xy")
                    .map(sides -> Arguments.of(shapes.get(0), shapes.get(1), sides)));
  }

  /** Those with more than one element on the right. */
  static Stream<Arguments> ofSeveralOnTheRight() {
    return all().filter(a -> LongStream.of((long[]) a.get()[1]).anyMatch(n -> n > 1));
  }

  private static List<long[]> pair(long[] left, long[] right) {
    return List.of(left, right);
  }

  private static long[] shape(long... dimensions) {
    return dimensions;
  }
}
