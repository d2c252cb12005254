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
 * Where the trials of a sweep run: on this machine, through ssh, by a scheduler. A launcher starts
 * {@code ddgan} with the arguments that it is given and says when that has ended; the same holds
 * for the parts of a set of samples and the processes that train one run together, which wait for
 * each other.
 *
 * <p>How far a trial is, it says itself in its folder, which must be on a file system that the
 * sweep sees too. A launcher that only writes down what it was asked for is one, too.
 *
 * <p>One thread calls all methods of a launcher and of its handles, about ten times a second for
 * each trial. None of them may wait for a trial, except {@link Handle#close}; an IOException ends
 * the sweep, after the running trials were stopped and have saved.
 */
public interface ProcessLauncher {

  /**
   * Starts a trial, or puts it in a queue.
   *
   * @return the trial, which the sweep closes
   * @throws IOException in one sentence, if this launcher cannot start trials; it ends the sweep,
   *     after the trials that run have been stopped and have saved
   */
  Handle launch(Request trial) throws IOException;

  /**
   * Prepares to launch the trials of one sweep; what needs no preparation leaves this out.
   *
   * @param folder a folder for this launcher's files. It may be absent, or hold files of an earlier
   *     session. The session removes its files at its end unless a later one needs them.
   */
  default Session open(Path folder) throws IOException {
    return this::launch;
  }

  /**
   * How many trials run at once, with how many threads each, where the command line does not say;
   * empty for one with one thread on each core of the sweep's machine.
   */
  default Optional<Capacity> capacity() {
    return Optional.empty();
  }

  /**
   * Whether trials run or wait on when the sweep's process has ended, which {@code --detach} needs.
   */
  default boolean isDetached() {
    return false;
  }

  /**
   * Names of the trials of earlier sessions that still run, or wait to. It only looks, also while a
   * sweep runs.
   *
   * @param folder that of the sessions
   */
  default Set<String> launched(Path folder) throws IOException {
    return Set.of();
  }

  /** What a launcher can do at once: trials, and threads of each, both at least 1. */
  record Capacity(int processes, int threads) {}

  /** Launches the trials of one sweep. */
  @FunctionalInterface
  interface Session extends AutoCloseable {

    /** As {@link ProcessLauncher#launch}. */
    Handle launch(Request trial) throws IOException;

    /**
     * A trial of an earlier session that still runs, or waits to, to be followed rather than
     * launched again.
     */
    default Optional<Handle> launched(String name) throws IOException {
      return Optional.empty();
    }

    @Override
    default void close() throws IOException {}
  }

  /**
   * A trial that is to be run. All paths are relative to the working directory of the sweep, in
   * which the command is to be run.
   *
   * @param name unique among those that run, of letters, digits and hyphens; a trial that has ended
   *     may be launched again
   * @param folder the run's folder, which is locked while a process trains in it
   * @param program what starts {@code ddgan}, a path or a word
   * @param arguments what follows it on the command line; given again, they resume the trial
   * @param log file to which both outputs are appended; its folder exists
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
   * What a trial may use of its machine.
   *
   * @param threads threads that it computes with, at least 1; the last bits of its results depend
   *     on them
   * @param device the GPU, as {@code CUDA_VISIBLE_DEVICES} names it; empty for what is found
   * @param atOnce trials that run at once, at least 1, and share memory if they share a machine
   */
  record Resources(int threads, Optional<String> device, int atOnce) {

    /** Environment variables that set the command's threads and device. */
    public Map<String, String> environment() {
      Map<String, String> environment = new LinkedHashMap<>();
      environment.put("OMP_NUM_THREADS", Integer.toString(threads));
      device.ifPresent(name -> environment.put("CUDA_VISIBLE_DEVICES", name));
      return environment;
    }
  }

  /** A trial that was started. */
  interface Handle extends AutoCloseable {

    /** Whether the trial runs, or waits to. */
    boolean isRunning() throws IOException;

    /**
     * The exit code of a trial that has ended, as a shell reports it: 128 and more after a signal.
     * Empty if unknown, as the trial has vanished or was left to others; such a trial is done if
     * its folder says so, and else left for later.
     */
    OptionalInt exitCode() throws IOException;

    /**
     * Why a trial ended, in a few words, if more is known than its exit code, such as that it was
     * cancelled or took too much memory. Asked only of one whose folder does not say.
     */
    default Optional<String> reason() throws IOException {
      return Optional.empty();
    }

    /**
     * Asks the trial to save and end, as SIGTERM does, and returns at once. Called at most once,
     * also after the end.
     */
    void stop() throws IOException;

    /**
     * Lets go of the trial; one that still runs is stopped and has some time to save. Not called if
     * the sweep's process is killed: the next sweep follows the trials that its session knows, and
     * waits for others that run.
     */
    @Override
    void close();
  }
}
