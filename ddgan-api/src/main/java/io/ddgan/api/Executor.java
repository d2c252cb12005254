package io.ddgan.api;

import io.ddgan.engine.Engine;

/** Which library computes: the native operations of networks, losses and gradients. */
public interface Executor {

  /**
   * Makes an engine. It is called before anything heavy is done, and once for an experiment.
   *
   * @throws RefusedException if the engine cannot be had on this machine; the message says why
   */
  Engine start();
}
