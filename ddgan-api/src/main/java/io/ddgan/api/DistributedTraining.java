package io.ddgan.api;

import io.ddgan.api.TrialLauncher.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Trains one run by several processes. Found as a service on the class path. */
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

  /**
   * Starts all processes, in the order of their ranks, and again from the latest checkpoint where
   * one is lost.
   *
   * @param folder a folder for the launcher's files
   * @return whether the training is done; false if it was stopped
   * @throws IOException if a process fails by a fault of its own, or they are lost again and again
   */
  boolean launch(TrialLauncher launcher, Path folder, List<Request> ranks, LaunchedRun run)
      throws IOException, InterruptedException;

  /** The run that launched processes train. */
  interface LaunchedRun {

    /** The steps that the latest checkpoint has seen. */
    long saved() throws IOException;

    /** Whether all steps and evaluations are done. */
    boolean isDone();

    /** Whether the processes are to save and end; asked about ten times a second. */
    boolean isStopped();

    /** Something has happened that a user should know; a sentence. */
    void announced(String sentence);
  }
}
