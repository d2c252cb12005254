package io.ddgan.app.process;

import io.ddgan.api.TrialLauncher;
import io.ddgan.api.TrialLauncher.Handle;
import io.ddgan.api.TrialLauncher.Request;
import io.ddgan.api.TrialLauncher.Resources;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A training that a launcher was asked for, followed by the progress file in its run's folder. */
public final class RunningTrial implements AutoCloseable {

  /** Milliseconds between two looks at whether it still runs. */
  public static final long BETWEEN_LOOKS = 100;

  private static final long SECOND = 1_000_000_000;

  /**
   * Exit codes after signals that say nothing about the trial: of a terminal that was closed, of
   * Ctrl-C, which all processes hear, and of those who kill or terminate.
   */
  private static final Set<Integer> INTERRUPTED = Set.of(129, 130, 137, 143);

  private final Handle handle;
  private final Words words;
  private final Path file;
  private final Optional<RunProgress> before;
  private final long began = System.nanoTime();
  private Optional<RunProgress> news = Optional.empty();
  private long read = began;
  private boolean stopped;

  private RunningTrial(Handle handle, Words words, Path file, Optional<RunProgress> before) {
    this.handle = handle;
    this.words = words;
    this.file = file;
    this.before = before;
  }

  /** Knows what the command has printed last. */
  @FunctionalInterface
  private interface Words {
    Optional<String> last() throws IOException, InterruptedException;
  }

  /**
   * How a training ended.
   *
   * @param state done, failed, or stopped before its end and left for later
   * @param why why it is not done, if that is known
   */
  public record TrialEnd(RunState state, Optional<String> why) {}

  /**
   * Starts a training, or goes on with it.
   *
   * @param run its folder
   * @param experiment its configuration, for a run that has not begun
   * @param log takes what the command prints
   * @param options of the command
   * @throws IOException if the launcher cannot start it
   */
  public static RunningTrial start(
      TrialLauncher.Session launcher,
      RunFolder run,
      Path experiment,
      Path log,
      Resources resources,
      List<String> options)
      throws IOException {
    List<String> arguments = arguments(run, experiment, options);
    String name = run.root().getFileName().toString();
    Optional<RunProgress> before = RunProgress.read(run.progress());
    long logged = LastWords.logged(log);
    Request request =
        new Request(name, run.root(), Invocation.program(), arguments, log, resources);
    Handle handle = launcher.launch(request);
    return new RunningTrial(handle, () -> LastWords.of(log, logged), run.progress(), before);
  }

  /**
   * Follows a training that was launched before.
   *
   * @param run its folder
   * @param log takes what the command prints
   */
  public static RunningTrial follow(Handle handle, RunFolder run, Path log) throws IOException {
    Optional<RunProgress> before = RunProgress.read(run.progress());
    long logged = LastWords.logged(log);
    return new RunningTrial(handle, () -> LastWords.of(log, logged), run.progress(), before);
  }

  /**
   * Starts a training on this machine, or goes on with it, of which nothing but the run is kept.
   *
   * @param run its folder
   * @param experiment its configuration, for a run that has not begun
   * @param options of the command
   * @throws IOException if it cannot be started
   */
  public static RunningTrial startHere(
      RunFolder run, Path experiment, Resources resources, List<String> options)
      throws IOException {
    Optional<RunProgress> before = RunProgress.read(run.progress());
    Process process = LocalLauncher.start(arguments(run, experiment, options), resources);
    Printed printed = Printed.of(process);
    return new RunningTrial(new Child(process), printed::lastWords, run.progress(), before);
  }

  /** The command line, after {@code ddgan}, that begins a training or goes on with it. */
  public static List<String> arguments(RunFolder run, Path experiment, List<String> options) {
    List<String> arguments = new ArrayList<>(List.of("train", experiment.toString()));
    arguments.addAll(List.of("--run", run.root().toString(), "--resume-if-begun"));
    arguments.addAll(options);
    return arguments;
  }

  /** Whether it runs, or waits to be run. */
  public boolean isRunning() throws IOException {
    return handle.isRunning();
  }

  /** What it has told since it was started, as of about a second ago. */
  public Optional<RunProgress> news() {
    long now = System.nanoTime();
    if (now - read > SECOND) { // it tells no more often
      read = now;
      news = told();
    }
    return news;
  }

  /** Asks it to save and to end. */
  public void stop() throws IOException {
    if (!stopped) {
      stopped = true;
      handle.stop();
    }
  }

  /**
   * What it told last since it was started, if it has told anything. What it told an earlier
   * process is no news, except that nothing is left to do.
   */
  public Optional<RunProgress> told() {
    return RunProgress.read(file)
        .filter(told -> told.isDone() || !before.equals(Optional.of(told)));
  }

  /** Seconds since it was started. */
  public double seconds() {
    return (System.nanoTime() - began) / (double) SECOND;
  }

  /**
   * How it ended, now that it does not run any more. What it has told itself comes first; only of
   * one that could not tell its end the exit code counts.
   */
  public TrialEnd ending() throws IOException, InterruptedException {
    news = told();
    RunState told = news.map(RunProgress::state).orElse(RunState.STOPPED);
    if (told == RunState.DONE || told == RunState.FAILED) {
      return new TrialEnd(told, news.flatMap(RunProgress::error));
    }
    OptionalInt code = handle.exitCode();
    Optional<String> known = handle.reason();
    if (stopped || isInterruption(code)) {
      return new TrialEnd(RunState.STOPPED, Optional.empty());
    }
    if (code.orElse(0) != 0) {
      return new TrialEnd(
          RunState.FAILED, Optional.of(known.isPresent() ? known.get() : lastWords(code)));
    }
    if (known.isPresent() || news.isPresent()) {
      return new TrialEnd(RunState.STOPPED, known);
    }
    return new TrialEnd(RunState.STOPPED, Optional.of("it ended without having trained"));
  }

  /** Whether a process that ended with an exit code was ended from outside. */
  static boolean isInterruption(OptionalInt code) {
    return code.stream().anyMatch(INTERRUPTED::contains);
  }

  private String lastWords(OptionalInt code) throws IOException, InterruptedException {
    return words.last().orElse("it printed nothing and ended with exit code " + code.getAsInt());
  }

  @Override
  public void close() {
    handle.close();
  }
}
