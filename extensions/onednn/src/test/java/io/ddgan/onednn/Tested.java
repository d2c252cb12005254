package io.ddgan.onednn;

import io.ddgan.api.Executor;
import io.ddgan.engine.Engine;

/** The executor of the tests that hold for every engine, as a service has it. */
public final class Tested implements Executor {

  /** An engine that takes the smallest plans too. */
  static Engine engine(boolean winograd, int threads) {
    return new OnednnEngine(winograd, () -> threads, 0, false);
  }

  @Override
  public Engine createEngine() {
    return engine(true, 2);
  }
}
