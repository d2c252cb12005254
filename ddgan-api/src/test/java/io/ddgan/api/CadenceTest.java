package io.ddgan.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CadenceTest {

  @Test
  void isDueFromTheFirstStepOnEverySoManySteps() {
    assertEquals(List.of(0L, 3L, 6L, 9L), due(new Cadence(3)));
    assertEquals(LongStream.range(0, 10).boxed().toList(), due(Cadence.ALWAYS));
    assertEquals(List.of(), due(new Cadence(0)), "never");
  }

  private static List<Long> due(Cadence cadence) {
    return LongStream.range(0, 10).filter(cadence::isDue).boxed().toList();
  }
}
