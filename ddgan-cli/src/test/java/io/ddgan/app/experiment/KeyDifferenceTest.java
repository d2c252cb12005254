package io.ddgan.app.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.internal.config.Hocon;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyDifferenceTest {

  @Test
  void keysOfOtherValuesAreNamedWithBoth() {
    assertEquals(
        List.of(
            new KeyDifference("a.b", "1", "2"),
            new KeyDifference("a.d", "x", "null"),
            new KeyDifference("e", "null", "[1,2]")),
        between(
            "a { b = 1, c = 1, d = x }, e = null", "a { b = 2, c = 1.0, d = null }, e = [1, 2]"));
  }

  @Test
  void ofAComponentOfAnotherTypeTheTypeAloneIsNamed() {
    assertEquals(
        List.of(new KeyDifference("a.type", "vp", "linear"), new KeyDifference("ab", "1", "2")),
        between(
            "a { type = vp, steps = 4, c.type = d }, ab = 1",
            "a { type = linear, first = 1, c.type = e }, ab = 2"));
  }

  private static List<KeyDifference> between(String before, String now) {
    return KeyDifference.between(Hocon.text(before, "before"), Hocon.text(now, "now"));
  }
}
