package io.ddgan.train.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.train.phase.TimeRanges.TimedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeRangesTest {

  @Test
  void aSingleTimeHasNoRanges() {
    assertEquals(0, new TimeRanges(1).count());
    assertEquals(List.of(), new TimeRanges(1).columns("loss"));
  }

  @Test
  void fewTimesAreSingleTimeRanges() {
    TimeRanges four = new TimeRanges(4);
    assertEquals(List.of(0, 1, 2, 3), IntStream.range(0, 4).mapToObj(four::of).toList());
    assertEquals(List.of("loss-t0", "loss-t1", "loss-t2", "loss-t3"), four.columns("loss"));
  }

  @Test
  void rangesOfManyTimesAreNamedByTheirEnds() {
    assertEquals(
        List.of(
            "loss-t0-124",
            "loss-t125-249",
            "loss-t250-374",
            "loss-t375-499",
            "loss-t500-624",
            "loss-t625-749",
            "loss-t750-874",
            "loss-t875-999"),
        new TimeRanges(1000).columns("loss"));
  }

  @Test
  void splitsColumnNames() {
    assertEquals(Optional.of(new TimedName("my-loss", "t3")), TimeRanges.part("my-loss-t3"));
    assertEquals(Optional.of(new TimedName("loss", "t125-249")), TimeRanges.part("loss-t125-249"));
    for (String whole : List.of("loss", "loss-3", "t3", "loss-t", "loss-t3-of-4")) {
      assertEquals(Optional.empty(), TimeRanges.part(whole));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 8, 9, 10, 15, 100, 1000, 1001})
  void rangesCoverAllTimesEvenly(int steps) {
    TimeRanges ranges = new TimeRanges(steps);
    int[] lengths = new int[ranges.count()];
    int last = 0;
    for (int time = 0; time < steps; time++) {
      int range = ranges.of(time);
      assertTrue(range == last || range == last + 1, "time " + time);
      lengths[range]++;
      last = range;
    }
    assertEquals(Math.min(8, steps), lengths.length);
    assertEquals(lengths.length, ranges.columns("loss").size());
    for (int length : lengths) {
      assertEquals((double) steps / lengths.length, length, 1);
    }
  }
}
