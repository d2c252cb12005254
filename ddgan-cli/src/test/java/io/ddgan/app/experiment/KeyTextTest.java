package io.ddgan.app.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyTextTest {

  @Test
  void aKeyIsShownWithoutWhatItIsWithinAndATypeByItsComponent() {
    assertEquals("latent-size", KeyText.of("generator.latent-size", List.of()));
    assertEquals("loss", KeyText.of("loss.type", List.of()));
    assertEquals("latent", KeyText.of("latent", List.of()));
    assertEquals("penalty[1].gamma", KeyText.of("penalty[1].gamma", List.of()));
    assertEquals("of[2].loss", KeyText.of("metrics.of[2].loss.type", List.of()));
  }

  @Test
  void keysOfOneNameAreToldApartByWhatTheyAreWithin() {
    List<String> keys =
        List.of("generator.width", "discriminator.width", "loss.type", "a.b.c", "d.b.c");
    assertEquals(
        List.of("generator.width", "discriminator.width", "loss", "a.b.c", "d.b.c"),
        keys.stream().map(key -> KeyText.of(key, keys)).toList());
  }
}
