package io.ddgan.cli.sweep;

/** Is told how a sweep goes on. */
public interface SweepListener {

  /** A trial's process was started, the first one or a further one. */
  void started(Trial trial, boolean resumed);

  /** A trial waits until another process no longer uses its run. */
  void postponed(Trial trial);

  /** A running trial has done so many steps. */
  void progressed(Trial trial, long step);

  /** A trial's process has ended. */
  void ended(Trial trial, Status status, Results results);
}
