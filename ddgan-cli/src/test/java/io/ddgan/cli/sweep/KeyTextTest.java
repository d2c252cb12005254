package io.ddgan.cli.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class KeyTextTest {

  @Test
  void aKeyIsShownWithoutWhatItIsWithinAndATypeByItsComponent() {
    assertEquals("latent-size", KeyText.of("generator.latent-size"));
    assertEquals("loss", KeyText.of("loss.type"));
    assertEquals("latent", KeyText.of("latent"));
    assertEquals("penalty[1].gamma", KeyText.of("penalty[1].gamma"));
    assertEquals("of[2].loss", KeyText.of("metrics.of[2].loss.type"));
  }
}
