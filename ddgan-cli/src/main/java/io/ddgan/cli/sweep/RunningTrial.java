package io.ddgan.cli.sweep;

import io.ddgan.cli.process.Child;
import io.ddgan.cli.process.Share;
import io.ddgan.cli.sweep.Status.State;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A trial whose process was started. */
final class RunningTrial implements AutoCloseable {

  private static final Pattern STEP = Pattern.compile("step (\\d+) of \\d+ .*");

  /**
   * Exit codes behind signals that say nothing about the trial: of a terminal that was closed, of
   * Ctrl-C, which all processes hear, and of those who kill or terminate.
   */
  private static final Set<Integer> INTERRUPTED = Set.of(129, 130, 137, 143);

  private static final String ERROR = "ddgan: ";

  private static final double SECOND = 1e9;

  private final Trial trial;
  private final int worker;
  private final Child child;
  private final long began = System.nanoTime();
  private boolean stopped;
  private long seen;
  private OptionalLong step = OptionalLong.empty();

  private RunningTrial(Trial trial, int worker, Child child) {
    this.trial = trial;
    this.worker = worker;
    this.child = child;
  }

  /** Starts a trial, or goes on with it. */
  static RunningTrial start(
      SweepFolder folder, Trial trial, int worker, Share share, List<String> options)
      throws IOException {
    RunFolder run = folder.run(trial.name());
    List<String> arguments = new ArrayList<>(List.of("train"));
    arguments.add(run.isRun() ? "--resume" : folder.configuration(trial.name()).toString());
    arguments.addAll(List.of("--run", run.root().toString()));
    arguments.addAll(options);
    return new RunningTrial(trial, worker, Child.start(arguments, share, folder.log(trial.name())));
  }

  Trial trial() {
    return trial;
  }

  int worker() {
    return worker;
  }

  boolean isAlive() {
    return child.isAlive();
  }

  /** The last step that the process has told of. */
  OptionalLong step() throws IOException {
    long size = child.printed();
    if (size > seen) {
      seen = size;
      step =
          child.lines().stream()
              .map(STEP::matcher)
              .filter(Matcher::matches)
              .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
              .reduce((first, second) -> second);
    }
    return step;
  }

  /** Asks the process to save the trial's state and to end. */
  void stop() {
    stopped = true;
    child.stop();
  }

  /** How far the trial is, now that the process has ended. */
  Status outcome(Status before) throws IOException, InterruptedException {
    int code = child.await();
    double seconds = (System.nanoTime() - began) / SECOND;
    if (code == 0) {
      return before.with(State.DONE, seconds, Optional.empty());
    }
    return stopped || INTERRUPTED.contains(code)
        ? before.with(State.PENDING, seconds, Optional.empty())
        : before.with(State.FAILED, seconds, Optional.of(error(code)));
  }

  private String error(int code) throws IOException {
    String said =
        child.lines().stream()
            .filter(line -> line.startsWith(ERROR))
            .map(line -> line.substring(ERROR.length()))
            .collect(Collectors.joining("; "));
    return said.isEmpty() ? "the process ended with exit code %d".formatted(code) : said;
  }

  @Override
  public void close() {
    child.close();
  }
}
