package io.ddgan.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StepIntervalTest {

  @Test
  void isDueInTheFirstStepAndEveryNSteps() {
    assertEquals(List.of(0L, 3L, 6L, 9L), due(new StepInterval(3)));
    assertEquals(LongStream.range(0, 10).boxed().toList(), due(StepInterval.ALWAYS));
    assertEquals(List.of(), due(new StepInterval(0)), "never");
  }

  private static List<Long> due(StepInterval interval) {
    return LongStream.range(0, 10).filter(interval::isDue).boxed().toList();
  }
}
