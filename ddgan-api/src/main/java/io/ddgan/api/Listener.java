package io.ddgan.api;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Listens to trainings. The record holds the configuration only; {@link #open} creates the listener
 * of one training.
 */
public interface Listener {

  /**
   * Begins to listen to a training.
   *
   * @param run the run's folder, which exists; a listener may keep files of its own in it
   */
  TrainingListener open(Path run) throws IOException;
}
