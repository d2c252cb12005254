package io.ddgan.app.sweep;

import io.ddgan.train.run.RunProgress;

/** Is notified of the progress of a sweep. By default, methods do nothing. */
public interface SweepListener {

  /** The work on a trial. */
  enum Task {
    TRAINING,
    /** Its training is resumed, or already runs and is followed. */
    RESUMING,
    /** It is trained and evaluated again. */
    MEASURING
  }

  /** A trial was started. */
  default void onTrialStart(Trial trial, Task task) {}

  /** A trial is not started yet; or not at all if {@code isLeft}. */
  default void onTrialPostponed(Trial trial, boolean isLeft, String why) {}

  /** A trial in training has made progress. */
  default void onTrialProgress(Trial trial, RunProgress progress) {}

  /** A trial has ended. */
  default void onTrialEnd(Trial trial, TrialStatus status, SweepResults results) {}
}
