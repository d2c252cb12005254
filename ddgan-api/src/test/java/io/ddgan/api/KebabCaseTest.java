package io.ddgan.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KebabCaseTest {

  @ParameterizedTest
  @CsvSource({"type,type", "betaMin,beta-min", "r1Every,r1-every", "x0Y,x0-y", "toKL,to-kl", "A,a"})
  void startsAWordAtACapitalAfterASmallLetterOrDigit(String camelCase, String kebabCase) {
    assertEquals(kebabCase, KebabCase.of(camelCase));
  }
}
