package io.ddgan.app.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.internal.config.Hocon;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys and values of configurations as text. */
class KeysTest {

  @Test
  void differingKeysHaveBothValues() {
    assertEquals(
        List.of(
            new KeyDifference("a.b", "1", "2"),
            new KeyDifference("a.d", "x", "null"),
            new KeyDifference("e", "null", "[1,2]")),
        between(
            "a { b = 1, c = 1, d = x }, e = null", "a { b = 2, c = 1.0, d = null }, e = [1, 2]"));
  }

  @Test
  void componentsOfDifferentTypesDifferOnlyInType() {
    assertEquals(
        List.of(new KeyDifference("a.type", "vp", "linear"), new KeyDifference("ab", "1", "2")),
        between(
            "a { type = vp, steps = 4, c.type = d }, ab = 1",
            "a { type = linear, first = 1, c.type = e }, ab = 2"));
  }

  private static List<KeyDifference> between(String before, String now) {
    return KeyDifference.between(Hocon.text(before, "before"), Hocon.text(now, "now"));
  }

  @Test
  void keysAreShortenedAndTypesNamedByComponent() {
    assertEquals("latent-size", KeyText.of("generator.latent-size", List.of()));
    assertEquals("loss", KeyText.of("loss.type", List.of()));
    assertEquals("latent", KeyText.of("latent", List.of()));
    assertEquals("penalty[1].gamma", KeyText.of("penalty[1].gamma", List.of()));
    assertEquals("of[2].loss", KeyText.of("metrics.of[2].loss.type", List.of()));
  }

  @Test
  void ambiguousKeysKeepTheirPrefix() {
    List<String> keys =
        List.of("generator.width", "discriminator.width", "loss.type", "a.b.c", "d.b.c");
    assertEquals(
        List.of("generator.width", "discriminator.width", "loss", "a.b.c", "d.b.c"),
        keys.stream().map(key -> KeyText.of(key, keys)).toList());
  }

  @Test
  void componentsAreFormattedByTypeAndKeys() {
    assertEquals("patch", text("{ type = patch }"));
    assertEquals(
        "small base-channels=4,width=2", text("{ width = 2, type = small, base-channels = 4 }"));
  }

  @Test
  void otherValuesAreFormattedAsWritten() {
    assertEquals("fashion-mnist", text("fashion-mnist"));
    assertEquals("3", text("3"));
    assertEquals("[1,2]", text("[1, 2]"));
  }

  @Test
  void numbersOfUsualSizeAreWrittenOut() {
    assertEquals("0.0005", text("5.0E-4"));
    assertEquals("0.001", text("0.001"));
    assertEquals("2000000", text("2e6"));
    assertEquals("1.0E-12", text("1e-12"));
    assertEquals("1.0E300", text("1e300"));
  }

  private static String text(String value) {
    return KeyText.value(Hocon.text("key = " + value, "test").getValue("key"));
  }
}
