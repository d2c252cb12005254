package io.ddgan.app.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.app.text.Quantities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostTest {

  @Test
  void growsAlongTheLineThroughTwoBatches() {
    Cost small = new Cost(1, 1, 2, 0.5, 100);
    Cost large = new Cost(3, 2, 5, 0.5, 120);
    assertEquals(new Cost(11, 6, 17, 0.5, 200), small.along(large, 11));
  }

  @Test
  void doesNotFallWhereALargerBatchHappensToBeFaster() {
    assertEquals(2, Cost.line(1, 3, 2, 2, 64));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0057, 5.7 ms",
    "0.15, 150 ms",
    "12.3, 12 s",
    "500, 8.3 minutes",
    "7300, 2.0 hours",
    "864000, 10 days",
    "110000000, 3.5 years"
  })
  void secondsAreSaidInTheUnitThatPeopleUse(double seconds, String expected) {
    assertEquals(expected, Quantities.seconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"1048576, 1.0 MiB", "500000000, 477 MiB", "40802189312, 38 GiB"})
  void bytesAreSaidInMebibytesOrGibibytes(long bytes, String expected) {
    assertEquals(expected, Quantities.bytes(bytes));
  }

  @ParameterizedTest
  @CsvSource({"1, trial, 1 trial", "0, trial, 0 trials", "'2000', process, '2,000 processes'"})
  void countsAreSaidWithTheNounInItsNumber(long number, String what, String expected) {
    assertEquals(expected, Quantities.count(number, what));
  }
}
