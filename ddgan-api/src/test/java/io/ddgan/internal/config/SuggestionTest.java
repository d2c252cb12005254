package io.ddgan.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

  private static final List<String> KNOWN = List.of("vp", "steps", "beta-min", "beta-max");

  @ParameterizedTest
  @CsvSource({
    "vpp,vp",
    "pv,vp",
    "stesp,steps",
    "step,steps",
    "betaMin,beta-min",
    "beta-mx,beta-max"
  })
  void findsTheNameThatWasMeant(String misspelt, String meant) {
    assertEquals("did you mean '" + meant + "'?", Suggestion.forName(misspelt, KNOWN));
  }

  @ParameterizedTest
  @CsvSource({"xy", "colour", "''"})
  void listsTheChoicesIfNoneIsClose(String unknown) {
    assertEquals("choose one of beta-max, beta-min, steps, vp", Suggestion.forName(unknown, KNOWN));
  }
}
