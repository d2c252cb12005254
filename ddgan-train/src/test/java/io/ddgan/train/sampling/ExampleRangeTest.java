package io.ddgan.train.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleRangeTest {

  @Test
  void rangesAreConsecutiveAndStartAtMultiplesOfTheStep() {
    for (int total : List.of(1, 63, 64, 65, 1000)) {
      for (int parts : List.of(1, 2, 3, 7, 5000)) {
        List<ExampleRange> ranges = ExampleRange.cut(total, parts, 64);
        assertTrue(ranges.size() <= parts);
        int next = 0;
        for (ExampleRange range : ranges) {
          assertEquals(next, range.first());
          assertEquals(0, range.first() % 64);
          assertTrue(range.count() > 0);
          next = range.end();
        }
        assertEquals(total, next);
      }
    }
  }

  @Test
  void rangesDifferByAtMostOneStep() {
    assertEquals(
        List.of(new ExampleRange(0, 20), new ExampleRange(20, 20), new ExampleRange(40, 27)),
        ExampleRange.cut(67, 3, 10));
  }

  @Test
  void rangesReachTheLargestIndex() {
    List<ExampleRange> ranges = ExampleRange.cut(Integer.MAX_VALUE, 3, 1 << 20);
    assertEquals(Integer.MAX_VALUE, ranges.get(2).end());
    assertThrows(IllegalArgumentException.class, () -> new ExampleRange(2, Integer.MAX_VALUE));
    assertThrows(IllegalArgumentException.class, () -> new ExampleRange(-1, 1));
  }
}
