package io.ddgan.api;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Listens to trainings. The record holds the configuration only; {@link #open} creates the listener
 * of one training.
 */
public interface ListenerFactory {

  /**
   * Opens the listener of one training.
   *
   * @param run the run's folder, which exists; a listener may write files into it
   */
  TrainingListener open(Path run) throws IOException;
}
