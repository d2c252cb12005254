package io.ddgan.app.process;

import io.ddgan.api.ProcessLauncher;
import io.ddgan.api.ProcessLauncher.Handle;
import io.ddgan.api.ProcessLauncher.Request;
import io.ddgan.api.ProcessLauncher.Session;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Runs commands where a launcher puts them, some at a time, and follows them to their end: the
 * trials of a sweep, the parts of a set of samples, the processes of one training.
 *
 * @param workers how many run at a time
 */
public record CommandRunner(ProcessLauncher launcher, Workers workers) {

  private static final long MILLISECONDS_BETWEEN_LOOKS = 100;

  /**
   * Exit codes after signals that say nothing about the command: of a terminal that was closed, of
   * Ctrl-C, which all processes receive, and of those who kill or terminate.
   */
  private static final Set<Integer> INTERRUPTED = Set.of(129, 130, 137, 143);

  /** What begins the messages of this program. */
  private static final String OURS = "ddgan: ";

  /** A line of a stack trace, of Java's own words when it crashes, or one without a word. */
  private static final Pattern SAYS_NOTHING =
      Pattern.compile("\\s+at .*|\\s+\\.\\.\\. \\d+ more|#.*|[^\\p{L}]*");

  /**
   * A command that may be started again after any end, and then resumes.
   *
   * @param name unique among those that run together, of letters, digits and hyphens
   * @param folder the folder that it works in
   * @param words what follows {@code ddgan} on the command line
   * @param log receives what it prints
   */
  public record LaunchedCommand(String name, Path folder, List<String> words, Path log) {}

  /**
   * How a command has ended.
   *
   * @param code its exit code, if it is known
   * @param reason why it ended, if the launcher knows that
   * @param printed the last line that says something, of a command that failed
   * @param isStopped whether it was asked to end
   */
  public record CommandEnd(
      OptionalInt code, Optional<String> reason, Optional<String> printed, boolean isStopped) {

    /** Whether it has run and ended by itself, with an error. */
    public boolean isFailure() {
      return code.stream().anyMatch(number -> number != 0) && !isInterrupted();
    }

    /** Whether it was ended from outside. */
    public boolean isInterrupted() {
      return code.stream().anyMatch(INTERRUPTED::contains);
    }

    /** Whether it was stopped before it was done. */
    public boolean isCut() {
      return isStopped && problem().isPresent();
    }

    /** What went wrong, if anything did. */
    public Optional<String> problem() {
      if (code.isEmpty()) {
        return Optional.of(reason.orElse("it was not run, or nothing is known of its end"));
      }
      if (isInterrupted()) { // of which its last words say nothing
        String text = "it was ended from outside, with exit code " + code.getAsInt();
        return Optional.of(reason.orElse(text));
      }
      return isFailure() ? Optional.of(failure()) : Optional.empty();
    }

    /** Why it failed. */
    public String failure() {
      return reason
          .or(() -> printed)
          .orElseGet(() -> "it printed nothing and ended with exit code " + code.getAsInt());
    }
  }

  /** Commands that do not need each other, and what becomes of them. */
  public abstract static class Work {

    private final Deque<LaunchedCommand> waiting;

    /** Waits to be run. */
    protected Work(List<LaunchedCommand> commands) {
      this.waiting = new ArrayDeque<>(commands);
    }

    /** Whether there is nothing left to start. */
    protected boolean isEmpty() {
      return waiting.isEmpty();
    }

    /**
     * Takes the next command that can start now; empty if none can yet.
     *
     * @param session which may have launched it earlier; then it is followed, not started again
     */
    protected Optional<LaunchedCommand> next(Session session) throws IOException {
      return Optional.ofNullable(waiting.poll());
    }

    /** Forgets what has not started, since the work is to stop. */
    protected void clear() {
      waiting.clear();
    }

    /**
     * A command has ended.
     *
     * @throws IOException to end all others, too
     */
    protected abstract void ended(LaunchedCommand command, CommandEnd ending) throws IOException;

    /** Called about ten times a second while commands run. */
    protected void looked() throws IOException {}

    /** Whether what was launched is left alone from now on. */
    protected boolean isDetached() {
      return false;
    }
  }

  /**
   * A command at work.
   *
   * @param logged bytes that were in its log before
   */
  private record Started(LaunchedCommand command, int worker, Handle handle, long logged) {}

  /**
   * Runs the commands that some work hands out.
   *
   * @param files a folder for the launcher's files
   * @param stop asked all the time; true ends the commands
   * @throws IOException if the launcher cannot start one
   */
  public void run(Work work, Path files, BooleanSupplier stop)
      throws IOException, InterruptedException {
    TreeSet<Integer> idle = new TreeSet<>(IntStream.range(0, workers.count()).boxed().toList());
    List<Started> running = new ArrayList<>();
    boolean isStopped = false;
    boolean isDetached = false;
    Session session = launcher.open(files);
    try {
      while (!isDetached && (!work.isEmpty() || !running.isEmpty())) {
        if (!isStopped && stop.getAsBoolean()) {
          isStopped = true;
          work.clear();
          for (Started each : running) {
            each.handle().stop();
          }
        }
        boolean isWaiting = false;
        while (!isWaiting && !idle.isEmpty() && !work.isEmpty()) {
          Optional<LaunchedCommand> next = work.next(session);
          isWaiting = next.isEmpty();
          if (next.isPresent()) {
            running.add(start(session, next.get(), idle.pollFirst()));
          }
        }
        for (Iterator<Started> each = running.iterator(); each.hasNext(); ) {
          Started next = each.next();
          if (!next.handle().isRunning()) {
            each.remove();
            CommandEnd ending = ending(next, isStopped);
            next.handle().close();
            idle.add(next.worker());
            work.ended(next.command(), ending);
          }
        }
        work.looked();
        isDetached = work.isDetached();
        Thread.sleep(MILLISECONDS_BETWEEN_LOOKS);
      }
    } finally {
      if (!isDetached) {
        close(running, isStopped);
      }
      session.close();
    }
  }

  private static void close(List<Started> running, boolean isStopped) {
    for (Started each : isStopped ? List.<Started>of() : running) {
      try {
        each.handle().stop(); // all of them save at the same time
      } catch (IOException e) {
        // it is closed, too
      }
    }
    running.forEach(each -> each.handle().close());
  }

  private Started start(Session session, LaunchedCommand command, int worker) throws IOException {
    long logged = Files.exists(command.log()) ? Files.size(command.log()) : 0; // before it prints
    Optional<Handle> earlier = session.launched(command.name());
    Handle handle =
        earlier.isPresent()
            ? earlier.get()
            : session.launch(
                new Request(
                    command.name(),
                    command.folder(),
                    Invocation.program(),
                    command.words(),
                    command.log(),
                    workers.resources(worker)));
    return new Started(command, worker, handle, logged);
  }

  private static CommandEnd ending(Started process, boolean isStopped) throws IOException {
    OptionalInt code = process.handle().exitCode();
    Optional<String> printed = code.orElse(0) == 0 ? Optional.empty() : lastWords(process);
    return new CommandEnd(code, process.handle().reason(), printed, isStopped);
  }

  /** The last line that says something; of this program's own messages if there are any. */
  private static Optional<String> lastWords(Started process) throws IOException {
    Path log = process.command().log();
    byte[] all = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
    int from = (int) Math.min(process.logged(), all.length);
    Optional<String> own = Optional.empty();
    Optional<String> last = Optional.empty();
    for (String line :
        new String(all, from, all.length - from, Charset.defaultCharset()).lines().toList()) {
      if (!SAYS_NOTHING.matcher(line).matches()) {
        last = Optional.of(line.strip());
        own = line.startsWith(OURS) ? Optional.of(line.substring(OURS.length()).strip()) : own;
      }
    }
    return own.isPresent() ? own : last;
  }
}
