package io.ddgan.cli.sweep;

import io.ddgan.train.run.RunProgress;

/** Is told how a sweep goes on. */
public interface SweepListener {

  /** A trial was started, for the first time or once more. */
  void started(Trial trial, boolean resumed);

  /** A trial waits until another process no longer uses its run. */
  void postponed(Trial trial);

  /** A running trial is so far. */
  void progressed(Trial trial, RunProgress progress);

  /** A trial does not run any more. */
  void ended(Trial trial, Status status, Results results);
}
