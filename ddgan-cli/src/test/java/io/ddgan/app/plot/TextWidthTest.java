package io.ddgan.app.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextWidthTest {

  private static final double SIZE = 10;

  @Test
  void aTextThatHasRoomIsLeftAsItIs() {
    for (String text : List.of("", "i", "objective.noise-scale", "\u03b2 = 0.5")) {
      assertEquals(text, TextWidth.shortened(text, SIZE, TextWidth.room(text, SIZE)));
    }
  }

  @Test
  void ofOneThatHasNoneAsManyLettersOfBothEndsAreKeptAsThereIsRoomFor() {
    for (int length = 1; length < 70; length++) {
      String text =
          "generator.multipliers=[1, 2, WWW, iiii] training.batch \u03b2 0123456789".repeat(2);
      text = text.substring(0, length);
      for (double most = 0; most < TextWidth.room(text, SIZE); most += 7) {
        String shortened = TextWidth.shortened(text, SIZE, most);
        int kept = shortened.length() - 1;
        assertEquals(ends(text, kept), shortened);
        assertTrue(kept == 0 || TextWidth.room(shortened, SIZE) <= most, shortened);
        assertTrue(
            kept + 1 == length || TextWidth.room(ends(text, kept + 1), SIZE) > most, shortened);
      }
    }
  }

  private static String ends(String text, int kept) {
    return text.substring(0, (kept + 1) / 2) + "\u2026" + text.substring(text.length() - kept / 2);
  }
}
