package io.ddgan.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Starts {@code ddgan} processes on this machine, through ssh or with a scheduler, and reports when
 * they have ended. They are the trials of a sweep, the slices of a sample set, or the ranks of one
 * training, which wait for each other.
 *
 * <p>A trial reports its progress in its folder, which must be on a file system that the sweep
 * shares. A launcher may also just write down the commands.
 *
 * <p>One thread calls all methods of a launcher and of its handles, about ten times a second for
 * each trial. None may wait for a trial, except {@link Handle#close}. An IOException ends the sweep
 * after the running trials have been stopped and have saved.
 */
public interface ProcessLauncher {

  /**
   * Starts or queues a trial.
   *
   * @return the trial's handle, closed by the sweep
   * @throws IOException if this launcher cannot start trials, with a one-sentence message; it ends
   *     the sweep
   */
  Handle launch(Request trial) throws IOException;

  /**
   * Prepares to launch the trials of one sweep.
   *
   * @param folder a folder for this launcher's files. It may be absent, or contain files of an
   *     earlier session. A session removes its files at its end unless a later one needs them.
   */
  default Session open(Path folder) throws IOException {
    return this::launch;
  }

  /**
   * Default number of concurrent trials and threads per trial; if empty, one single-threaded trial
   * per core of the sweep's machine.
   */
  default Optional<Capacity> capacity() {
    return Optional.empty();
  }

  /**
   * Returns true if trials keep running after the sweep's process has ended, as {@code --detach}
   * requires.
   */
  default boolean supportsDetach() {
    return false;
  }

  /**
   * Returns the names of trials of earlier sessions that are still running or queued. It has no
   * effect, so it may be called while a sweep runs.
   *
   * @param folder the folder of the sessions
   */
  default Set<String> activeTrials(Path folder) throws IOException {
    return Set.of();
  }

  /** Maximum number of concurrent trials, and threads of each, both at least 1. */
  record Capacity(int processes, int threads) {}

  /** Launches the trials of one sweep. */
  @FunctionalInterface
  interface Session extends AutoCloseable {

    /** As {@link ProcessLauncher#launch}. */
    Handle launch(Request trial) throws IOException;

    /** Returns the handle of an earlier session's trial that is still running or queued. */
    default Optional<Handle> attach(String name) throws IOException {
      return Optional.empty();
    }

    @Override
    default void close() throws IOException {}
  }

  /**
   * A trial to run. All paths are relative to the sweep's working directory, in which the command
   * must run.
   *
   * @param name unique among running trials; letters, digits and hyphens. A trial that has ended
   *     may be launched again
   * @param folder the run's folder, which is locked while a process trains in it
   * @param program the {@code ddgan} executable, a path or a name
   * @param arguments its arguments; running it again with them resumes the trial
   * @param log file that standard output and error are appended to; its folder exists
   */
  record Request(
      String name,
      Path folder,
      String program,
      List<String> arguments,
      Path log,
      Resources resources) {

    /** Copies the arguments. */
    public Request {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * Resource limits of a trial.
   *
   * @param threads computing threads, at least 1; the last bits of results may depend on them
   * @param device the GPU, as {@code CUDA_VISIBLE_DEVICES} names it; empty to detect it
   * @param concurrentTrials concurrent trials, at least 1, which share the memory of a machine
   */
  record Resources(int threads, Optional<String> device, int concurrentTrials) {

    /** Environment variables that set the threads and the device. */
    public Map<String, String> environment() {
      Map<String, String> environment = new LinkedHashMap<>();
      environment.put("OMP_NUM_THREADS", Integer.toString(threads));
      device.ifPresent(name -> environment.put("CUDA_VISIBLE_DEVICES", name));
      return environment;
    }
  }

  /** A launched trial. */
  interface Handle extends AutoCloseable {

    /** Returns true if the trial is running or queued. */
    boolean isActive() throws IOException;

    /**
     * The exit code of an ended trial, as a shell reports it: 128 and more after a signal. Empty if
     * unknown, because the trial has vanished or was detached; then its folder says whether it is
     * finished.
     */
    OptionalInt exitCode() throws IOException;

    /**
     * The reason for a trial's end if more than its exit code is known, in a few words, for example
     * that it was cancelled or ran out of memory. Called only if its folder does not say.
     */
    default Optional<String> reason() throws IOException {
      return Optional.empty();
    }

    /**
     * Requests that the trial save and end, like SIGTERM, without waiting. Called at most once,
     * possibly after its end.
     */
    void stop() throws IOException;

    /**
     * Releases the trial; if still running it is stopped and has some time to save. Not called if
     * the sweep's process is killed. The next sweep then attaches to the trials that its session
     * knows, and waits for other running ones.
     */
    @Override
    void close();
  }
}
