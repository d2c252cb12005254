package io.ddgan.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Connects the processes that train one run. Found as a service on the class path. */
@FunctionalInterface
public interface ProcessGroupBackend {

  /**
   * Waits until all {@code size} processes of a run have joined; this one has rank {@code rank},
   * from 0.
   *
   * @param run the run's folder, on a file system that all processes share
   * @param stop true ends the waiting
   * @throws IOException if not all have joined in time, or before this process is stopped
   */
  ProcessGroup join(Path run, int rank, int size, BooleanSupplier stop) throws IOException;
}
