package io.ddgan.train;

import io.ddgan.train.evaluation.EvaluationListener;
import io.ddgan.train.step.StepReport;
import java.nio.file.Path;
import java.util.Map;

/** Follows a training as it goes on. */
public interface TrainingListener extends EvaluationListener {

  /**
   * Training begins.
   *
   * @param first the first step that is done now
   * @param total length of the whole training
   */
  void begun(long first, long total);

  /** An iteration is done. */
  void stepped(StepReport report);

  /** A picture was made. */
  void pictured(long step, Path picture);

  /** A checkpoint is on the disk. */
  void saved(long step, Path checkpoint);

  /** The averaged generator was measured. */
  void evaluated(long step, Map<String, Double> values);
}
