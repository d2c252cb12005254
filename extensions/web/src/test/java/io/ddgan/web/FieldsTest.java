package io.ddgan.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

  @Test
  void fieldsAreReadByTheirNames() throws IOException {
    Fields fields =
        fields(
            """
            {"seed": 7, "share": 0.5, "label": null, "moves": [1, -2.5], "inner": {"t": 3}, "image": "AP8="}
            """);
    assertEquals(7, fields.integer("seed", 0, 10));
    assertEquals(0.5, fields.number("share", 1));
    assertEquals(Optional.empty(), fields.someInteger("label", 9));
    assertEquals(List.of(1.0, -2.5), fields.numbers("moves", 10, 2));
    assertEquals(List.of(), fields.integers("latents", 9, 4));
    assertEquals(3, fields.object("inner").integer("t", 0, 3));
    assertArrayEquals(new byte[] {0, -1}, fields.bytes("image", 2));
    assertTrue(fields.has("seed"));
    assertFalse(fields.has("label"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"n\": -1}",
        "{\"n\": 4}",
        "{\"n\": 1.5}",
        "{\"n\": \"2\"}",
        "{\"n\": [2]}",
        "{\"n\": 4294967298}",
        "{\"n\": 1000000000000000000000000000000}"
      })
  void whatIsNoWholeNumberInTheRangeIsRefusedByItsName(String text) throws IOException {
    Fields fields = fields(text);
    assertRefused("n is a whole number from 0 to 3", () -> fields.integer("n", 0, 3));
  }

  @Test
  void otherThingsThatDoNotSuitAreRefusedByTheirNames() throws IOException {
    Fields fields = fields("{\"a\": 1e300, \"b\": [1, 2, 3], \"c\": \"A!\", \"d\": 5}");
    assertRefused("a is a number from -10.0 to 10.0", () -> fields.number("a", 10));
    assertRefused("b is a list of at most 2 numbers", () -> fields.numbers("b", 10, 2));
    assertRefused("b is a whole number from 0 to 2", () -> fields.integers("b", 2, 3));
    assertRefused("c is 2 bytes in base 64", () -> fields.bytes("c", 2));
    assertRefused("d is a JSON object", () -> fields.object("d"));
    assertRefused("d is a list of at most 2 numbers", () -> fields.numbers("d", 10, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "7", "{\"n\": 1", "{} {}", "{\"n\": NaN}"})
  void whatIsNoJsonObjectIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> fields(text));
  }

  private static Fields fields(String text) throws IOException {
    return Fields.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(String message, Executable reading) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, reading).getMessage());
  }
}
