package io.ddgan.cli;

import io.ddgan.train.TrainingListener;
import io.ddgan.train.step.StepReport;
import java.nio.file.Path;
import java.util.Map;

/** Two listeners in place of one. */
record Listeners(TrainingListener first, TrainingListener second) implements TrainingListener {

  @Override
  public void begun(long firstStep, long total) {
    first.begun(firstStep, total);
    second.begun(firstStep, total);
  }

  @Override
  public void stepped(StepReport report) {
    first.stepped(report);
    second.stepped(report);
  }

  @Override
  public void pictured(long step, Path picture) {
    first.pictured(step, picture);
    second.pictured(step, picture);
  }

  @Override
  public void saved(long step, Path checkpoint) {
    first.saved(step, checkpoint);
    second.saved(step, checkpoint);
  }

  @Override
  public void evaluated(long step, Map<String, Double> values) {
    first.evaluated(step, values);
    second.evaluated(step, values);
  }

  @Override
  public void advanced(String what, int done, int total) {
    first.advanced(what, done, total);
    second.advanced(what, done, total);
  }
}
