package io.ddgan.api;

import io.ddgan.engine.Engine;

/** Creates the engine that runs the operations of networks, losses and gradients. */
public interface Executor {

  /**
   * Creates an engine. Called once per experiment, before any expensive work.
   *
   * @throws RefusedException if the engine is not available on this machine; the message says why
   */
  Engine createEngine();
}
