package io.ddgan.train.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.RefusedException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepaintScheduleTest {

  @Test
  void runsStepsInOrderWithoutRepetition() {
    assertArrayEquals(new int[] {0, 1, 2, 3}, new RepaintSchedule(1, 1).order(4));
    assertArrayEquals(new int[] {0, 1}, new RepaintSchedule(1, 7).order(2));
  }

  @Test
  void repeatsEachStepButTheLast() {
    assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1, 2}, new RepaintSchedule(3, 1).order(3));
  }

  @Test
  void jumpsBackSeveralSteps() {
    assertArrayEquals(new int[] {0, 1, 0, 1, 2, 3, 2, 3, 4}, new RepaintSchedule(2, 2).order(5));
    assertArrayEquals(new int[] {0, 1, 2, 1, 2, 1, 2, 3}, new RepaintSchedule(3, 2).order(4));
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 250", "10, 10, 250", "5, 3, 17", "100, 1, 2", "3, 16, 17"})
  void advancesByOneOrJumpsBackAndEndsAtTheLastStep(int times, int jump, int evaluations) {
    int[] order = new RepaintSchedule(times, jump).order(evaluations);
    for (int i = 1; i < order.length; i++) {
      int step = order[i] - order[i - 1];
      assertEquals(order[i] > order[i - 1] ? 1 : 1 - jump, step);
    }
    assertEquals(0, order[0]);
    assertEquals(evaluations - 1, order[order.length - 1]);
    assertEquals(1, Arrays.stream(order).filter(each -> each == evaluations - 1).count());
  }

  @Test
  void refusesAJumpLongerThanTheSteps() {
    String message =
        assertThrows(RefusedException.class, () -> new RepaintSchedule(2, 4).order(4)).getMessage();
    assertTrue(message.contains("--jump-length must be at most 3"), message);
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> new RepaintSchedule(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new RepaintSchedule(101, 1));
    assertThrows(IllegalArgumentException.class, () -> new RepaintSchedule(2, 0));
  }
}
