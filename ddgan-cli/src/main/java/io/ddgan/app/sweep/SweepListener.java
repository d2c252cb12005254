package io.ddgan.app.sweep;

import io.ddgan.train.run.RunProgress;

/** Is told how a sweep goes on. Each method does nothing unless it is overridden. */
public interface SweepListener {

  /** A trial was started, for the first time or once more, or is followed as it runs already. */
  default void started(Trial trial, boolean resumed) {}

  /** A trial waits until another process no longer uses its run. */
  default void postponed(Trial trial) {}

  /** A trial is left, as it cannot be run. */
  default void skipped(Trial trial, String why) {}

  /** A running trial is so far. */
  default void progressed(Trial trial, RunProgress progress) {}

  /** A trial does not run any more. */
  default void ended(Trial trial, Status status, Results results) {}
}
