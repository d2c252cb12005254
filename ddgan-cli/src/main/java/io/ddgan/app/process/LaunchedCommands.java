package io.ddgan.app.process;

import io.ddgan.api.TrialLauncher;
import io.ddgan.api.TrialLauncher.Handle;
import io.ddgan.api.TrialLauncher.Request;
import io.ddgan.api.TrialLauncher.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
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
  public record LaunchedCommand(String name, Path folder, List<String> words, Path log) {

    /** A fixed list. */
    public LaunchedCommand {
      words = List.copyOf(words);
    }
  }

  /**
   * How a command has ended.
   *
   * @param code its exit code, if it is known
   * @param problem what went wrong, if anything did
   */
  public record CommandEnd(OptionalInt code, Optional<String> problem) {

    /** Whether it has run and ended by itself, not as it should. */
    public boolean isFailure() {
      return code.stream().anyMatch(number -> number != 0) && !isInterrupted();
    }

    /** Whether it was ended from outside. */
    public boolean isInterrupted() {
      return RunningTrial.isInterruption(code);
    }
  }

  /** Hears of the commands. */
  @FunctionalInterface
  public interface EndListener {

    /**
     * A command has come to its end.
     *
     * @throws IOException to end all others, too
     */
    void ended(LaunchedCommand command, CommandEnd ending) throws IOException;

    /** Commands are at work; called about ten times a second. */
    default void looked() throws IOException {}
  }

  private record Started(LaunchedCommand command, int worker, Handle handle, long logged) {}

  /**
   * Runs commands that do not need each other.
   *
   * @param files a folder for the launcher's files
   * @param stop asked all the time; true ends the commands, of which the listener hears no problems
   * @throws IOException if the launcher cannot start one
   */
  public void run(
      List<LaunchedCommand> commands, Path files, EndListener listener, BooleanSupplier stop)
      throws IOException, InterruptedException {
    run(commands.stream().map(List::of).toList(), workers.count(), files, listener, stop);
  }

  /** Runs commands that need each other, all at once; as {@link #run}. */
  public void runTogether(
      List<LaunchedCommand> commands, Path files, EndListener listener, BooleanSupplier stop)
      throws IOException, InterruptedException {
    run(List.of(commands), commands.size(), files, listener, stop);
  }

  /**
   * Runs groups of commands.
   *
   * @param most commands that may run at once
   */
  private void run(
      List<List<LaunchedCommand>> groups,
      int most,
      Path files,
      EndListener listener,
      BooleanSupplier stop)
      throws IOException, InterruptedException {
    Deque<List<LaunchedCommand>> waiting = new ArrayDeque<>(groups);
    NavigableSet<Integer> idle = new TreeSet<>(IntStream.range(0, most).boxed().toList());
    List<Started> started = new ArrayList<>();
    boolean isEnding = false;
    Session session = launcher.open(files);
    try {
      while (!waiting.isEmpty() || !started.isEmpty()) {
        if (!isEnding && stop.getAsBoolean()) {
          isEnding = true;
          waiting.clear();
          for (Started each : started) {
            each.handle().stop();
          }
        }
        while (!waiting.isEmpty() && idle.size() >= waiting.peek().size()) {
          started.addAll(start(session, waiting.poll(), idle));
        }
        for (Iterator<Started> each = started.iterator(); each.hasNext(); ) {
          Started next = each.next();
          if (!next.handle().isRunning()) {
            each.remove();
            CommandEnd ending = ending(next);
            next.handle().close();
            idle.add(next.worker());
            if (ending.problem().isEmpty() || !isEnding) { // those that were stopped did not fail
              listener.ended(next.command(), ending);
            }
          }
        }
        listener.looked();
        Thread.sleep(RunningTrial.BETWEEN_LOOKS);
      }
    } finally {
      started.forEach(each -> each.handle().close());
      session.close();
    }
  }

  /** Follows those of a group that an earlier session has launched, and launches the others. */
  private List<Started> start(
      Session session, List<LaunchedCommand> group, NavigableSet<Integer> idle) throws IOException {
    List<Started> started = new ArrayList<>();
    List<LaunchedCommand> missing = new ArrayList<>();
    for (LaunchedCommand command : group) {
      Optional<Handle> earlier = session.launched(command.name());
      if (earlier.isPresent()) {
        started.add(
            new Started(command, idle.pollFirst(), earlier.get(), LastWords.logged(command.log())));
      } else {
        missing.add(command);
      }
    }
    List<Integer> hands = idle.stream().limit(missing.size()).toList();
    idle.removeAll(hands);
    List<Long> logged = new ArrayList<>();
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < missing.size(); i++) {
      logged.add(LastWords.logged(missing.get(i).log())); // before it can print
      requests.add(request(missing.get(i), hands.get(i)));
    }
    List<Handle> handles = launch(session, requests);
    if (handles.size() != requests.size()) {
      throw new IllegalStateException(
          "%d commands were to be launched, and %d were"
              .formatted(requests.size(), handles.size()));
    }
    for (int i = 0; i < handles.size(); i++) {
      started.add(new Started(missing.get(i), hands.get(i), handles.get(i), logged.get(i)));
    }
    return started;
  }

  private static List<Handle> launch(Session session, List<Request> requests) throws IOException {
    return switch (requests.size()) {
      case 0 -> List.of();
      case 1 -> List.of(session.launch(requests.get(0)));
      default -> session.launchTogether(requests);
    };
  }

  private Request request(LaunchedCommand command, int worker) {
    return new Request(
        command.name(),
        command.folder(),
        Invocation.program(),
        command.words(),
        command.log(),
        workers.resources(worker));
  }

  private static CommandEnd ending(Started process) throws IOException {
    OptionalInt code = process.handle().exitCode();
    if (code.isPresent() && code.getAsInt() == 0) {
      return new CommandEnd(code, Optional.empty());
    }
    Optional<String> reason = process.handle().reason();
    return new CommandEnd(code, reason.isPresent() ? reason : Optional.of(problem(process, code)));
  }

  private static String problem(Started process, OptionalInt code) throws IOException {
    if (RunningTrial.isInterruption(code)) { // of which its last words say nothing
      return "it was ended from outside, with exit code %d".formatted(code.getAsInt());
    }
    String nothing =
        code.isPresent()
            ? "it printed nothing and ended with exit code " + code.getAsInt()
            : "it was not run, or nothing is known of its end";
    return LastWords.of(process.command().log(), process.logged()).orElse(nothing);
  }
}
