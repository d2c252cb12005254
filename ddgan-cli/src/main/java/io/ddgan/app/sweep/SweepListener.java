package io.ddgan.app.sweep;

import io.ddgan.train.run.RunProgress;

/** Is notified of the progress of a sweep. Each method does nothing unless it is overridden. */
public interface SweepListener {

  /** What is done with a trial. */
  enum Task {
    TRAINING,
    /** Its training resumes, or is followed as it runs already. */
    RESUMING,
    /** It is trained, and something else is measured of it. */
    MEASURING
  }

  /** A trial was started. */
  default void onTrialStart(Trial trial, Task task) {}

  /** A trial is not started: now, or at all if it is left. */
  default void onTrialPostponed(Trial trial, boolean isLeft, String why) {}

  /** A trial in training has made progress. */
  default void onTrialProgress(Trial trial, RunProgress progress) {}

  /** A trial does not run any more. */
  default void onTrialEnd(Trial trial, TrialStatus status, SweepResults results) {}
}
