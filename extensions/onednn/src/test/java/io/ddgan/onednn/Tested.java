package io.ddgan.onednn;

import io.ddgan.api.Executor;
import io.ddgan.engine.Engine;

/** The executor of the tests that hold for every engine, as a service has it. */
public final class Tested implements Executor {

  @Override
  public Engine start() {
    return new Onednn(Onednn.Winograd.TILES_OF_4).start();
  }
}
