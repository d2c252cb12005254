package io.ddgan.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @SuppressWarnings("ArrayRecordComponent") // compared by its parts
  private record Asked(int t, Long seed, List<Integer> numbers, byte[] image) {}

  @Test
  void keysAreReadAndThoseLeftOutAreNull() {
    Asked asked = read("{\"t\": 3, \"numbers\": [1, 2], \"image\": \"AP8=\"}");
    assertEquals(3, asked.t);
    assertNull(asked.seed);
    assertEquals(List.of(1, 2), asked.numbers);
    assertArrayEquals(new byte[] {0, -1}, asked.image);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"t\": 1.5}",
        "{\"t\": \"2\"}",
        "{\"t\": [2]}",
        "{\"t\": null}",
        "{\"t\": 4294967298}",
        "{\"t\": 1000000000000000000000000000000}",
        "{\"t\": 1, \"t\": 2}",
        "{\"t\": 1, \"seed\": true}",
        "{\"t\": 1, \"numbers\": [\"a\"]}",
        "{\"t\": 1, \"image\": \"A!\"}",
        "{\"t\": 1} {}",
        "{\"t\": NaN}",
        "{\"t\": 1",
        "[]",
        "7",
        ""
      })
  void nothingElseIsTakenForIt(String text) {
    assertThrows(RefusedException.class, () -> read(text));
  }

  @Test
  void unknownKeysAreRefusedWithThoseThatThereAre() {
    String message =
        assertThrows(RefusedException.class, () -> read("{\"t\": 1, \"sed\": 1}")).getMessage();
    assertTrue(message.contains("'sed'") && message.contains("seed"), message);
  }

  private static Asked read(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), Asked.class);
  }
}
