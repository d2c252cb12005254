package io.ddgan.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Where the trials of a sweep run: on this machine, through ssh, by a scheduler. And other commands
 * that resume when they are started again: the parts of a set of samples, and the processes that
 * train one run together, which wait for each other. What is said here of trials holds for them,
 * too, and what is said of the sweep for the command that has them started.
 *
 * <p>A launcher starts {@code ddgan} with the arguments it is given and says when that has ended.
 * How far a trial is, the trial itself says in its folder, which the sweep reads; so the folder
 * must be on a file system that both see. The launcher hears nothing of steps or results, and need
 * not wait: one that only writes down what it was asked for is a launcher too.
 *
 * <p>One thread of the sweep calls all methods of a launcher and of its handles. It looks at every
 * trial about ten times a second, so none of them may wait for a trial, except {@link
 * Handle#close}; one whose scheduler is slow asks it less often and remembers the answer.
 */
public interface TrialLauncher {

  /**
   * Starts a trial, or puts it in a queue.
   *
   * @return the trial, which the sweep closes
   * @throws IOException in one sentence, if this launcher cannot start trials; it ends the sweep,
   *     after the trials that run have been stopped and have saved
   */
  Handle launch(Request trial) throws IOException;

  /**
   * Prepares to launch the trials of one sweep. What needs no preparation leaves this out.
   *
   * @param folder a folder within the sweep's for this launcher's files, which may have some of an
   *     earlier session or not be there; the session removes what is not needed after it
   * @return what launches the trials, closed after the last of them
   */
  default Session open(Path folder) throws IOException {
    return trial ->
        Objects.requireNonNull(launch(trial), () -> this + " returned null from launch");
  }

  /**
   * How many trials the sweep asks for at once, and with how many threads each, where its command
   * line does not say; empty for one with one thread on each core of the sweep's machine.
   */
  default Optional<Capacity> capacity() {
    return Optional.empty();
  }

  /**
   * Whether trials go on, or stay in their queue, when the sweep's process has ended; then a sweep
   * can be left alone with {@code --detach}.
   */
  default boolean outlivesSweep() {
    return false;
  }

  /**
   * The names of trials that earlier sessions have launched and that still run, or wait to. Looks
   * only, also beside a sweep; of a launcher whose trials outlive the sweep.
   *
   * @param folder that of the sessions
   * @throws IOException if that cannot be found out
   */
  default Set<String> launched(Path folder) throws IOException {
    return Set.of();
  }

  /**
   * What a launcher can do at once.
   *
   * @param trials at least 1
   * @param threads of each, at least 1
   */
  record Capacity(int trials, int threads) {}

  /** Launches the trials of one sweep. */
  @FunctionalInterface
  interface Session extends AutoCloseable {

    /** As {@link TrialLauncher#launch}. */
    Handle launch(Request trial) throws IOException;

    /**
     * A trial that an earlier session has launched and that still runs, or waits to. It is not
     * launched again, but followed.
     *
     * @param name the trial's
     * @throws IOException if that cannot be found out; it ends the sweep
     */
    default Optional<Handle> launched(String name) throws IOException {
      return Optional.empty();
    }

    @Override
    default void close() throws IOException {}
  }

  /**
   * A trial that is to be run. Paths, also those in the arguments and in the experiment that these
   * name, are relative to the working directory of the sweep, in which the command is to be run.
   *
   * @param name unique among those that run, of letters, digits and hyphens; a trial that has ended
   *     may be launched again, to be measured for instance
   * @param folder the run's folder, which the command makes or goes on with; it keeps a second
   *     process out as long as one trains
   * @param program what starts {@code ddgan}, a path from the working directory or a word
   * @param arguments what follows it on the command line; given once more, after whatever end, they
   *     go on with the trial
   * @param log file to which both outputs of the command are appended; its folder exists
   * @param resources what the trial may use
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
   * What a trial may use of the machine that it runs on.
   *
   * @param threads threads that it computes with, at least 1; the last bits of its results depend
   *     on them
   * @param device the GPU, as {@code CUDA_VISIBLE_DEVICES} names it; empty for what is found
   * @param atOnce trials that the sweep runs at once, at least 1; where they share a machine they
   *     share its memory
   */
  record Resources(int threads, Optional<String> device, int atOnce) {

    /** Environment variables by which the command hears of its threads and its device. */
    public Map<String, String> environment() {
      Map<String, String> environment = new LinkedHashMap<>();
      environment.put("OMP_NUM_THREADS", Integer.toString(threads));
      device.ifPresent(name -> environment.put("CUDA_VISIBLE_DEVICES", name));
      return environment;
    }
  }

  /** A trial that was started. */
  interface Handle extends AutoCloseable {

    /**
     * Whether the trial runs, or waits to be run.
     *
     * @throws IOException if that cannot be found out, now and later; it ends the sweep
     */
    boolean isRunning() throws IOException;

    /**
     * The exit code of a trial that does not run any more, as a shell reports it: 128 and more
     * after a signal. Empty if it is not known, because the trial has vanished, or was left to
     * others; such a trial counts as done if its folder says so, and is left for later if not.
     *
     * @throws IOException as {@link #isRunning} does
     */
    OptionalInt exitCode() throws IOException;

    /**
     * Why a trial does not run any more, in a few words, if more is known than its exit code: that
     * it was cancelled, or took too much memory. Only of one that has not told its end itself.
     */
    default Optional<String> reason() throws IOException {
      return Optional.empty();
    }

    /**
     * Asks the trial to save and to end, as SIGTERM does, and returns at once. Called no more than
     * once, also after the end.
     *
     * @throws IOException if the trial cannot be reached
     */
    void stop() throws IOException;

    /**
     * Lets go of the trial. One that still runs, since an error ends the sweep, is stopped and has
     * some time to save. Nothing is called if the sweep's process is killed. Trials may then end
     * with it or run on; the next sweep follows those that its session knows, and waits for others
     * that run. A second start of a trial finds the folder in use.
     */
    @Override
    void close();
  }
}
