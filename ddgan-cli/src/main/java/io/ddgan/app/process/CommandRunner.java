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
 * Runs commands with a launcher, several at a time, and follows them to their end: trials of a
 * sweep, parts of samples, processes of a training.
 *
 * @param workers the number of processes at a time
 */
public record CommandRunner(ProcessLauncher launcher, Workers workers) {

  private static final long MILLISECONDS_BETWEEN_LOOKS = 100;

  /** Exit codes of the signals HUP, INT, KILL and TERM, which are no failures of the command. */
  private static final Set<Integer> INTERRUPTED = Set.of(129, 130, 137, 143);

  /** The prefix of messages of this program. */
  private static final String OURS = "ddgan: ";

  /** A line of a stack trace, of a crash report of Java, or without letters. */
  private static final Pattern MEANINGLESS =
      Pattern.compile("\\s+at .*|\\s+\\.\\.\\. \\d+ more|#.*|[^\\p{L}]*");

  /**
   * A command that can be restarted after any end and then resumes.
   *
   * @param name unique among commands that run together; letters, digits and hyphens
   * @param folder the folder it works in
   * @param words the arguments of {@code ddgan}
   * @param log the file for its output
   */
  public record LaunchedCommand(String name, Path folder, List<String> words, Path log) {}

  /**
   * The end of a command.
   *
   * @param code its exit code, if known
   * @param reason the reason, if the launcher knows it
   * @param printed the last meaningful output line of a failed command
   * @param isStopped true if it was asked to end
   */
  public record CommandEnd(
      OptionalInt code, Optional<String> reason, Optional<String> printed, boolean isStopped) {

    /** Returns whether it failed by itself. */
    public boolean isFailure() {
      return code.stream().anyMatch(number -> number != 0) && !isInterrupted();
    }

    /** Returns whether it was killed. */
    public boolean isInterrupted() {
      return code.stream().anyMatch(INTERRUPTED::contains);
    }

    /** Returns whether it was stopped before it was done. */
    public boolean isCut() {
      return isStopped && problem().isPresent();
    }

    /** Returns the problem, if any. */
    public Optional<String> problem() {
      if (code.isEmpty()) {
        return Optional.of(reason.orElse("it was not started, or its exit code is unknown"));
      }
      if (isInterrupted()) { // its output does not explain it
        return Optional.of(
            reason.orElse("it was killed (exit code %d)".formatted(code.getAsInt())));
      }
      return isFailure() ? Optional.of(failure()) : Optional.empty();
    }

    /** Returns the reason for a failure. */
    public String failure() {
      return reason
          .or(() -> printed)
          .orElseGet(() -> "it printed nothing and ended with exit code " + code.getAsInt());
    }
  }

  /** Independent commands and the handling of their ends. */
  public abstract static class Work {

    private final Deque<LaunchedCommand> waiting;

    /** Creates work from commands to start. */
    protected Work(List<LaunchedCommand> commands) {
      this.waiting = new ArrayDeque<>(commands);
    }

    /** Returns whether nothing is left to start. */
    protected boolean isEmpty() {
      return waiting.isEmpty();
    }

    /**
     * Takes the next command that can start; empty if none can yet.
     *
     * @param session may have launched the command earlier; then it is only followed
     */
    protected Optional<LaunchedCommand> next(Session session) throws IOException {
      return Optional.ofNullable(waiting.poll());
    }

    /** Discards commands that have not started, after a stop. */
    protected void clear() {
      waiting.clear();
    }

    /**
     * Is notified of the end of a command.
     *
     * @throws IOException to end all other commands
     */
    protected abstract void ended(LaunchedCommand command, CommandEnd ending) throws IOException;

    /** Is called about ten times a second while commands run. */
    protected void looked() throws IOException {}

    /** Returns whether launched commands are no longer followed. */
    protected boolean isDetached() {
      return false;
    }
  }

  /**
   * A running command.
   *
   * @param logged bytes in its log before the start
   */
  private record Started(LaunchedCommand command, int worker, Handle handle, long logged) {}

  /**
   * Runs the commands of some work.
   *
   * @param files a folder for the launcher's files
   * @param stop polled; true ends the commands
   * @throws IOException if the launcher cannot start a command
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
          if (!next.handle().isActive()) {
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
        each.handle().stop(); // all save at the same time
      } catch (IOException e) {
        // closed below
      }
    }
    running.forEach(each -> each.handle().close());
  }

  private Started start(Session session, LaunchedCommand command, int worker) throws IOException {
    long logged = Files.exists(command.log()) ? Files.size(command.log()) : 0; // before it prints
    Optional<Handle> earlier = session.attach(command.name());
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
    Optional<String> printed = code.orElse(0) == 0 ? Optional.empty() : lastMessage(process);
    return new CommandEnd(code, process.handle().reason(), printed, isStopped);
  }

  /** Returns the last meaningful line, of this program's messages if there are any. */
  private static Optional<String> lastMessage(Started process) throws IOException {
    Path log = process.command().log();
    byte[] all = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
    int from = (int) Math.min(process.logged(), all.length);
    Optional<String> own = Optional.empty();
    Optional<String> last = Optional.empty();
    for (String line :
        new String(all, from, all.length - from, Charset.defaultCharset()).lines().toList()) {
      if (!MEANINGLESS.matcher(line).matches()) {
        last = Optional.of(line.strip());
        own = line.startsWith(OURS) ? Optional.of(line.substring(OURS.length()).strip()) : own;
      }
    }
    return own.isPresent() ? own : last;
  }
}
