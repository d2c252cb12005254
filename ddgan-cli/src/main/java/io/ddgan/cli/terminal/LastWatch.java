package io.ddgan.cli.terminal;

import static java.util.Comparator.comparing;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import picocli.CommandLine.ExitCode;

/**
 * Sees to it that the program ends once it is to, whatever plug-ins do. Java waits for every hook,
 * those of plug-ins too, and the work is waited for until it has saved; one that is in a method of
 * a plug-in which does not return never would.
 */
public final class LastWatch {

  /** How long nothing is said of a plug-in that is being waited for. */
  static final Duration SILENCE = Duration.ofSeconds(5);

  /** How long a plug-in may do something of its own when all else has ended. */
  static final Duration LEAVE = Duration.ofSeconds(10);

  /** How long a plug-in may take to return to the work, which then saves. */
  static final Duration RETURN = Duration.ofSeconds(60);

  private static final long BETWEEN_LOOKS = 200;
  private static final String CTRL_C =
      "SIGINT handler"; // the threads in which Java hears of signals
  private static final int HANGUP = 129; // exit codes as of a process that a signal has ended
  private static final int INTERRUPTED = 130;
  private static final int TERMINATED = 143;

  /**
   * A thread, as it is now.
   *
   * @param stack its innermost call first
   */
  record Seen(String thread, List<StackTraceElement> stack) {

    /**
     * The plug-in's method that the framework has called, and that has not returned. Plans are left
     * out: what they compute may take long.
     */
    Optional<StackTraceElement> called() {
      return IntStream.range(1, stack.size())
          .filter(i -> isForeign(stack.get(i - 1)) && isOurs(stack.get(i)))
          .filter(i -> !stack.get(i).getClassName().startsWith("io.ddgan.internal.graph."))
          .mapToObj(i -> stack.get(i - 1))
          .reduce((inner, outer) -> outer);
    }

    /** The plug-in's method in a thread that the framework has no part in. */
    Optional<StackTraceElement> own() {
      return stack.stream().noneMatch(Seen::isOurs)
          ? stack.stream().filter(Seen::isForeign).findFirst()
          : Optional.empty();
    }

    private static boolean isOurs(StackTraceElement frame) {
      return frame.getClassName().startsWith("io.ddgan.");
    }

    private static boolean isForeign(StackTraceElement frame) {
      return Frames.isPlugin(frame) && !isOurs(frame);
    }
  }

  private final Consumer<String> out;
  private Optional<StackTraceElement> waitedFor = Optional.empty();
  private Duration since = Duration.ZERO;
  private boolean isSaid;

  LastWatch(Consumer<String> out) {
    this.out = out;
  }

  /** From now on the program ends once it is to. */
  public static void watch(PrintWriter err) {
    LastWatch watch = new LastWatch(sentence -> err.println("ddgan: " + sentence));
    Runtime.getRuntime().addShutdownHook(new Thread(watch::begin, "ending"));
  }

  private void begin() {
    Thread watch = new Thread(this::lookAgainAndAgain, "last watch");
    watch.setDaemon(true); // Java waits for the hook, and not for this
    watch.start();
  }

  private void lookAgainAndAgain() {
    long began = System.nanoTime();
    try {
      while (true) {
        Thread.sleep(BETWEEN_LOOKS);
        List<Seen> threads =
            Thread.getAllStackTraces().entrySet().stream()
                .map(e -> new Seen(e.getKey().getName(), List.of(e.getValue())))
                .sorted(comparing(Seen::thread))
                .toList();
        look(threads, Duration.ofNanos(System.nanoTime() - began))
            .ifPresent(Runtime.getRuntime()::halt);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does, and if so there is nothing to see to
    }
  }

  /**
   * Looks around.
   *
   * @param now how long ago the end began
   * @return the exit code, if the program is to be waited for no longer
   */
  OptionalInt look(List<Seen> threads, Duration now) {
    if (threads.stream().filter(seen -> seen.thread().equals(CTRL_C)).count() > 1) {
      out.accept("ended at once; what was saved before is whole");
      return OptionalInt.of(INTERRUPTED);
    }
    boolean isSaving = threads.stream().anyMatch(seen -> seen.thread().equals(Interruption.THREAD));
    Optional<StackTraceElement> plugin =
        threads.stream()
            .flatMap(seen -> (isSaving ? seen.called() : seen.own()).stream())
            .findFirst();
    if (!isSame(plugin)) {
      waitedFor = plugin;
      since = now;
      isSaid = false;
    }
    return plugin.isPresent()
        ? judge(plugin.get(), isSaving ? RETURN : LEAVE, now.minus(since), threads)
        : OptionalInt.empty();
  }

  private boolean isSame(Optional<StackTraceElement> plugin) {
    return plugin.map(LastWatch::name).equals(waitedFor.map(LastWatch::name));
  }

  private OptionalInt judge(
      StackTraceElement plugin, Duration patience, Duration waited, List<Seen> threads) {
    if (waited.compareTo(patience) >= 0) {
      out.accept(
          "%s has not come to its end within %d s, and is not waited for any longer; what was saved before is whole; update or remove the plug-in"
              .formatted(name(plugin), patience.toSeconds()));
      return OptionalInt.of(code(threads));
    }
    if (!isSaid && waited.compareTo(SILENCE) >= 0) {
      isSaid = true;
      out.accept(
          "waiting for %s to come to its end, for %d s more; Ctrl-C again ends at once, without a save"
              .formatted(name(plugin), patience.minus(waited).toSeconds()));
    }
    return OptionalInt.empty();
  }

  private static String name(StackTraceElement frame) {
    return "%s of the plug-in %s".formatted(Frames.place(frame), frame.getClassLoaderName());
  }

  private static int code(List<Seen> threads) {
    List<String> names = threads.stream().map(Seen::thread).toList();
    if (names.contains(CTRL_C)) {
      return INTERRUPTED;
    }
    if (names.contains("SIGTERM handler")) {
      return TERMINATED;
    }
    return names.contains("SIGHUP handler") ? HANGUP : ExitCode.SOFTWARE;
  }
}
