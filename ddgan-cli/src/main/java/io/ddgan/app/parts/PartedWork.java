package io.ddgan.app.parts;

import io.ddgan.api.TrialLauncher;
import io.ddgan.app.process.Workers;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.step.StoredNetwork;
import java.util.function.BooleanSupplier;

/**
 * How work is done in parts.
 *
 * @param launcher starts a process for each part
 * @param workers how many at a time
 * @param stop asked all the time; true ends the processes
 */
public record PartedWork(TrialLauncher launcher, Workers workers, BooleanSupplier stop) {

  /**
   * What the examples are made with.
   *
   * @param step of the checkpoint
   */
  public record Source(RunFolder run, long step, StoredNetwork weights) {}
}
