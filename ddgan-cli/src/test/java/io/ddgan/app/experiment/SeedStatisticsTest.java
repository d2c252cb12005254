package io.ddgan.app.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedStatisticsTest {

  /** The critical values are those of Student's t distribution in tables. */
  @ParameterizedTest
  @CsvSource({
    "1 2 3, 3.26 4.26 5.26, false", // 2.776 standard errors of 0.816 with four degrees of freedom
    "1 2 3, 3.27 4.27 5.27, true",
    "1 2 3, 4.47 4.47 4.47, false", // 4.303 of 0.577 with two
    "1 2 3, 4.49 4.49 4.49, true",
    "1 2, 7 8 9, false",
    "5 5 5, 5 5 5, false",
    "5 5 5, 6 6 6, true",
    "1 2 NaN, 7 8 9, false"
  })
  void meansDifferByWelchsTest(String one, String other, boolean differ) {
    assertEquals(differ, statistics(one).differsFrom(statistics(other)));
    assertEquals(differ, statistics(other).differsFrom(statistics(one)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0661 0.0663 0.06634, 0.06625 ± 0.00013",
    "0.064 0.082 0.1, 0.082 ± 0.018",
    "2.4 3.7 9.9, 5.3 ± 4.0",
    "25 25 25, 25.00 ± 0.00",
    "12.345678, 12.35",
    "25, 25"
  })
  void digitsFollowTheDeviation(String values, String text) {
    assertEquals(text, statistics(values).toString());
  }

  private static SeedStatistics statistics(String values) {
    return SeedStatistics.of(Arrays.stream(values.split(" ")).map(Double::valueOf).toList());
  }
}
