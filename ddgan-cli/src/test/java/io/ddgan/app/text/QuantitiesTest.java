package io.ddgan.app.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {

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
  void formatsSecondsInReadableUnits(double seconds, String expected) {
    assertEquals(expected, Quantities.seconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"1048576, 1.0 MiB", "500000000, 477 MiB", "40802189312, 38 GiB"})
  void formatsBytesInMebibytesOrGibibytes(long bytes, String expected) {
    assertEquals(expected, Quantities.bytes(bytes));
  }

  @ParameterizedTest
  @CsvSource({"1, trial, 1 trial", "0, trial, 0 trials", "'2000', process, '2,000 processes'"})
  void formatsCountsWithSingularOrPlural(long number, String what, String expected) {
    assertEquals(expected, Quantities.count(number, what));
  }
}
