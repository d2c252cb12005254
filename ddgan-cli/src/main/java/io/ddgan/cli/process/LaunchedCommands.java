package io.ddgan.cli.process;

import io.ddgan.api.Answers;
import io.ddgan.api.TrialLauncher;
import io.ddgan.api.TrialLauncher.Handle;
import io.ddgan.api.TrialLauncher.Request;
import io.ddgan.api.TrialLauncher.Session;
import io.ddgan.cli.options.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Commands that are run where a launcher puts them, some at a time. */
public final class LaunchedCommands {

  private final TrialLauncher launcher;
  private final Workers workers;

  /**
   * Nothing is run yet.
   *
   * @param workers how many run at a time
   */
  public LaunchedCommands(TrialLauncher launcher, Workers workers) {
    this.launcher = launcher;
    this.workers = workers;
  }

  /**
   * A command that may be started again after whatever end, and goes on then.
   *
   * @param name unique among those that run together, of letters, digits and hyphens
   * @param folder the folder that it works in
   * @param words what follows {@code ddgan} on the command line
   * @param log takes what it prints
   */
  public record Command(String name, Path folder, List<String> words, Path log) {

    /** A fixed list. */
    public Command {
      words = List.copyOf(words);
    }
  }

  /** Hears of the commands. */
  @FunctionalInterface
  public interface Listener {

    /**
     * A command has come to its end.
     *
     * @param problem what went wrong, if anything did
     * @throws IOException to end all others, too
     */
    void ended(Command command, Optional<String> problem) throws IOException;
  }

  private record Started(Command command, int worker, Handle handle, long logged) {}

  /**
   * Runs commands.
   *
   * @param files a folder for the launcher's files
   * @param stop asked all the time; true ends the commands, of which the listener hears no problems
   * @throws IOException if the launcher cannot start one
   */
  public void run(List<Command> commands, Path files, Listener listener, BooleanSupplier stop)
      throws IOException, InterruptedException {
    Deque<Command> waiting = new ArrayDeque<>(commands);
    TreeSet<Integer> idle = new TreeSet<>(IntStream.range(0, workers.count()).boxed().toList());
    List<Started> started = new ArrayList<>();
    boolean isEnding = false;
    Session session = Answers.of(launcher, "open", launcher.open(files));
    try {
      while (!waiting.isEmpty() || !started.isEmpty()) {
        if (!isEnding && stop.getAsBoolean()) {
          isEnding = true;
          waiting.clear();
          for (Started each : started) {
            each.handle().stop();
          }
        }
        while (!waiting.isEmpty() && !idle.isEmpty()) {
          started.add(start(session, waiting.poll(), idle.pollFirst()));
        }
        for (Iterator<Started> each = started.iterator(); each.hasNext(); ) {
          Started next = each.next();
          if (!next.handle().isRunning()) {
            each.remove();
            Optional<String> problem = problem(next);
            next.handle().close();
            idle.add(next.worker());
            if (problem.isEmpty() || !isEnding) { // those that were stopped did not fail
              listener.ended(next.command(), problem);
            }
          }
        }
        Thread.sleep(RunningTrial.BETWEEN_LOOKS);
      }
    } finally {
      started.forEach(each -> each.handle().close());
      session.close();
    }
  }

  private Started start(Session session, Command command, int worker) throws IOException {
    long logged = Files.exists(command.log()) ? Files.size(command.log()) : 0;
    Optional<Handle> earlier = Answers.of(session, "launched", session.launched(command.name()));
    Request request =
        new Request(
            command.name(),
            command.folder(),
            Invocation.program(),
            command.words(),
            command.log(),
            workers.resources(worker));
    Handle handle =
        earlier.isPresent()
            ? earlier.get()
            : Answers.of(session, "launch", session.launch(request));
    return new Started(command, worker, handle, logged);
  }

  private static Optional<String> problem(Started process) throws IOException {
    OptionalInt code = Answers.of(process.handle(), "exitCode", process.handle().exitCode());
    if (code.isPresent() && code.getAsInt() == 0) {
      return Optional.empty();
    }
    Optional<String> reason = Answers.of(process.handle(), "reason", process.handle().reason());
    if (reason.isPresent()) {
      return reason;
    }
    String nothing =
        code.isPresent()
            ? "it printed nothing and ended with exit code " + code.getAsInt()
            : "it was not run, or nothing is known of its end";
    return Optional.of(LastWords.of(process.command().log(), process.logged()).orElse(nothing));
  }
}
