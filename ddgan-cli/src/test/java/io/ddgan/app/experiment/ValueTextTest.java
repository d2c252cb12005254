package io.ddgan.app.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.internal.config.Hocon;
import org.junit.jupiter.api.Test;

class ValueTextTest {

  @Test
  void aComponentIsShownByItsTypeAndThenItsKeys() {
    assertEquals("patch", text("{ type = patch }"));
    assertEquals(
        "small base-channels=4,width=2", text("{ width = 2, type = small, base-channels = 4 }"));
  }

  @Test
  void otherValuesAreShownAsTheyAreWritten() {
    assertEquals("fashion-mnist", text("fashion-mnist"));
    assertEquals("3", text("3"));
    assertEquals("[1,2]", text("[1, 2]"));
  }

  @Test
  void numbersOfACommonSizeAreWrittenOut() {
    assertEquals("0.0005", text("5.0E-4"));
    assertEquals("0.001", text("0.001"));
    assertEquals("2000000", text("2e6"));
    assertEquals("1.0E-12", text("1e-12"));
    assertEquals("1.0E300", text("1e300"));
  }

  private static String text(String value) {
    return ValueText.of(Hocon.text("key = " + value, "test").getValue("key"));
  }
}
