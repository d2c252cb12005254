package io.ddgan.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

  private static final List<String> KNOWN = List.of("vp", "steps", "beta-min", "beta-max");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vpp | did you mean 'vp'?",
        "pv | did you mean 'vp'?",
        "stesp | did you mean 'steps'?",
        "step | did you mean 'steps'?",
        "betaMin | did you mean 'beta-min'?",
        "beta-mx | did you mean 'beta-max'?",
        "xy | choose one of beta-max, beta-min, steps, vp",
        "colour | choose one of beta-max, beta-min, steps, vp"
      },
      quoteCharacter = '`')
  void suggestsASimilarNameOrListsAll(String name, String suggestion) {
    assertEquals(suggestion, Suggestion.forName(name, KNOWN));
  }
}
