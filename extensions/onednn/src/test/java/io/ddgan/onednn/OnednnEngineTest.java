package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.ddgan.engine.Engine;
import io.ddgan.onednn.Onednn.Winograd;
import org.junit.jupiter.api.Test;

class OnednnEngineTest {

  @Test
  void whatRoundsOtherwiseIsAnotherEngineOfTheSameName() {
    Engine tiles = new OnednnEngine(Winograd.TILES_OF_4);
    Engine direct = new OnednnEngine(Winograd.NONE);
    assertEquals(tiles.name(), direct.name());
    assertEquals(tiles.fingerprint(), new OnednnEngine(Winograd.TILES_OF_4).fingerprint());
    assertNotEquals(tiles.fingerprint(), direct.fingerprint());
  }
}
