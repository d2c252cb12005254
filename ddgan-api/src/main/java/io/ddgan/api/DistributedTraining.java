package io.ddgan.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Lets the processes that train one run talk to each other. Found as a service on the class path.
 */
@FunctionalInterface
public interface DistributedTraining {

  /**
   * Waits until all {@code size} processes of a run are there, of which this is number {@code
   * rank}, from 0.
   *
   * @param run the run's folder, which all of them see
   * @param stop true ends the waiting
   * @throws IOException if they do not meet in time, or before this one is stopped
   */
  GradientExchange meet(Path run, int rank, int size, BooleanSupplier stop) throws IOException;
}
