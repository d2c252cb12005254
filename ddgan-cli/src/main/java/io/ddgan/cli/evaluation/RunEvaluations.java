package io.ddgan.cli.evaluation;

import io.ddgan.api.TrialLauncher.Handle;
import io.ddgan.api.TrialLauncher.Request;
import io.ddgan.api.TrialLauncher.Resources;
import io.ddgan.cli.options.Invocation;
import io.ddgan.cli.process.LastWords;
import io.ddgan.cli.process.LocalLauncher;
import io.ddgan.cli.process.RunningTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Measures several runs, each in a process of its own and some at a time. What such a process
 * prints goes into {@code evaluation.log} in the run's folder.
 */
public final class RunEvaluations {

  private static final String LOG = "evaluation.log";

  private final LocalLauncher launcher = new LocalLauncher();
  private final List<String> arguments;
  private final Resources resources;

  /**
   * Nothing is measured yet.
   *
   * @param arguments of the command that measures a run, without the run
   * @param resources what each process has; as many of them run at a time
   */
  public RunEvaluations(List<String> arguments, Resources resources) {
    this.arguments = List.copyOf(arguments);
    this.resources = resources;
  }

  /** Hears of the processes. */
  public interface Listener {

    /**
     * A run was measured, or could not be.
     *
     * @param done runs that were tried, this one included
     * @param problem what went wrong, if anything did
     */
    void ended(Path run, int done, Optional<String> problem);
  }

  private record Started(Path run, Handle handle, long logged) {}

  /**
   * Measures.
   *
   * @param runs their folders
   * @param stop asked all the time; true ends the processes, which keep what they have extracted
   * @throws IOException if a process cannot be started
   */
  public void measure(List<Path> runs, Listener listener, BooleanSupplier stop)
      throws IOException, InterruptedException {
    Deque<Path> waiting = new ArrayDeque<>(runs);
    List<Started> started = new ArrayList<>();
    int done = 0;
    try {
      while (!started.isEmpty() || (!waiting.isEmpty() && !stop.getAsBoolean())) {
        while (!waiting.isEmpty() && started.size() < resources.atOnce() && !stop.getAsBoolean()) {
          started.add(start(waiting.poll()));
        }
        for (Iterator<Started> each = started.iterator(); each.hasNext(); ) {
          Started next = each.next();
          if (stop.getAsBoolean()) {
            next.handle().stop();
          }
          if (!next.handle().isRunning()) {
            each.remove();
            next.handle().close();
            Optional<String> problem = problem(next);
            if (problem.isEmpty() || !stop.getAsBoolean()) { // those that were stopped did not fail
              listener.ended(next.run(), ++done, problem);
            }
          }
        }
        Thread.sleep(RunningTrial.BETWEEN_LOOKS);
      }
    } finally {
      started.forEach(each -> each.handle().close());
    }
  }

  private Started start(Path run) throws IOException {
    List<String> words = new ArrayList<>(List.of("evaluate", run.toString()));
    words.addAll(arguments);
    String name = run.getFileName().toString();
    Path log = run.resolve(LOG);
    long logged = Files.exists(log) ? Files.size(log) : 0;
    Request request = new Request(name, run, Invocation.program(), words, log, resources);
    return new Started(run, launcher.launch(request), logged);
  }

  private static Optional<String> problem(Started process) throws IOException {
    int code = process.handle().exitCode().orElse(0);
    return code == 0
        ? Optional.empty()
        : LastWords.of(process.run().resolve(LOG), process.logged())
            .or(() -> Optional.of("it printed nothing and ended with exit code " + code));
  }
}
