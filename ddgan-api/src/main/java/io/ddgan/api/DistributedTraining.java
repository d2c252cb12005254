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
   * Meets the other processes. Waits until all are there.
   *
   * @param run the run's folder, which all of them see
   * @param rank the number of this process, from 0
   * @param size the number of processes, at least 2
   * @param stop asked meanwhile; true ends the waiting
   * @throws IOException if they do not meet in time, or before this one is stopped
   */
  GradientExchange meet(Path run, int rank, int size, BooleanSupplier stop) throws IOException;
}
