package io.ddgan.distributed;

import io.ddgan.api.DistributedTraining.LaunchedRun;
import io.ddgan.api.TrialLauncher;
import io.ddgan.api.TrialLauncher.Handle;
import io.ddgan.api.TrialLauncher.Request;
import io.ddgan.api.TrialLauncher.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * The processes that a launcher starts for one training. If one of them is lost, all end, and are
 * started again to continue from the latest checkpoint.
 */
final class LaunchedRanks {

  /** Starts without progress, after which there are no more. */
  private static final int MOST_STARTS = 4;

  private static final long BETWEEN_LOOKS = 100;

  /** Exit code of a process that has lost another, which is the cause and will end, too. */
  private static final int TRY_LATER = 75;

  /** How long the cause is waited for. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  /** Exit codes from here on are those of signals. */
  private static final int SIGNALS = 128;

  /** What a line begins with that says why a process has failed. */
  private static final String MESSAGE = "ddgan: ";

  private final TrialLauncher launcher;
  private final Path folder;
  private final List<Request> ranks;
  private final LaunchedRun run;

  LaunchedRanks(TrialLauncher launcher, Path folder, List<Request> ranks, LaunchedRun run) {
    this.launcher = launcher;
    this.folder = folder;
    this.ranks = ranks;
    this.run = run;
  }

  boolean train() throws IOException, InterruptedException {
    long saved = run.saved();
    int starts = 0;
    while (true) {
      String loss = new Round().run().orElse("they have ended before the training was done");
      if (run.isDone()) {
        return true;
      }
      if (run.isStopped()) {
        return false;
      }
      long now = run.saved();
      starts = now > saved ? 0 : starts + 1;
      saved = now;
      if (starts == MOST_STARTS) {
        throw new IOException(
            "the run has come no further in %d starts: %s; what its processes printed is in %s"
                .formatted(starts, loss, ranks.get(0).log().getParent()));
      }
      run.announced("%s; all processes start again, from step %,d".formatted(loss, saved));
    }
  }

  /** From a start of all processes to their end. */
  private final class Round {

    private final Map<Request, Handle> running = new LinkedHashMap<>();
    private Optional<String> loss = Optional.empty();
    private boolean isCauseKnown;
    private long stopAt = Long.MAX_VALUE;
    private boolean isStopped;

    /** The reason why a process was lost, if one was. */
    Optional<String> run() throws IOException, InterruptedException {
      try (Session session = launcher.open(folder)) {
        try {
          for (Request rank : ranks) { // those that an earlier session has launched are followed
            Optional<Handle> earlier = session.launched(rank.name());
            running.put(rank, earlier.isPresent() ? earlier.get() : session.launch(rank));
          }
          while (!running.isEmpty()) {
            look();
            Thread.sleep(BETWEEN_LOOKS);
          }
        } finally {
          running.values().forEach(Handle::close);
        }
      }
      return loss;
    }

    private void look() throws IOException {
      for (Request rank : List.copyOf(running.keySet())) {
        Handle handle = running.get(rank);
        if (!handle.isRunning()) {
          running.remove(rank);
          ended(rank, handle);
          handle.close();
        }
      }
      // The others may wait for one that has died before they have met.
      if (!isStopped && (run.isStopped() || System.nanoTime() - stopAt > 0)) {
        isStopped = true;
        for (Handle handle : running.values()) {
          handle.stop();
        }
      }
    }

    private void ended(Request rank, Handle handle) throws IOException {
      OptionalInt code = handle.exitCode();
      if (code.orElse(1) == 0) {
        return;
      }
      Optional<String> reason = handle.reason();
      boolean hasLostAnother = code.orElse(0) == TRY_LATER;
      boolean hasFailed = code.isPresent() && code.getAsInt() < SIGNALS && !hasLostAnother;
      String problem = rank.name() + ": " + reason.orElse(problem(rank, code, hasFailed));
      if (hasFailed && !isStopped) {
        throw new IOException("%s; what it printed is in %s".formatted(problem, rank.log()));
      }
      if (loss.isEmpty() || (!isCauseKnown && !hasLostAnother && !hasFailed)) {
        loss = Optional.of(problem);
        isCauseKnown = !hasLostAnother;
        stopAt = System.nanoTime() + (hasLostAnother ? PATIENCE : 0);
      }
    }
  }

  private static String problem(Request rank, OptionalInt code, boolean hasFailed)
      throws IOException {
    if (code.isEmpty()) {
      return "it was not run, or nothing is known of its end";
    }
    List<String> lines = hasFailed ? Files.readAllLines(rank.log()) : List.of();
    Optional<String> last =
        lines.stream().filter(line -> line.startsWith(MESSAGE)).reduce((before, line) -> line);
    return last.map(line -> line.substring(MESSAGE.length()))
        .orElse("it has ended with exit code " + code.getAsInt());
  }
}
