package io.ddgan.spark.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * What an executor does for a trial.
 *
 * @param place the folder of the sweep's orders to end, and of the trials' copies if they are kept
 * @param isKept whether the trial trains in a folder of the executor, of which copies are kept; if
 *     not the executor sees the sweep's folders
 * @param files what the command reads, by the names that it has on the command line
 */
record TrialTask(String place, boolean isKept, Map<String, byte[]> files)
    implements Function<Order, Integer> {

  private static final int SIGNALLED = 128;

  /** What {@code ddgan} reports of a run that another process uses, or that has lost another. */
  static final int TRY_LATER = 75;

  private static final long SECONDS_BETWEEN_TRIES = 10;

  /** How long a store may not answer, and the trial of a lost executor may take to save. */
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(15);

  /** What takes longer is not only a look at whether a run is in use. */
  private static final long WORK = TimeUnit.MINUTES.toNanos(1);

  private static final String CHECKPOINTS = "checkpoints";
  static final String LOG = "spark.log";

  /** The trial was ended by no fault of its own. */
  private static final class TrialLostException extends Exception {

    private static final long serialVersionUID = 1L;

    TrialLostException(String message) {
      super(message);
    }
  }

  /**
   * Runs the trial.
   *
   * @return its exit code
   * @throws TrialLostException if it is to be started again
   */
  @Override
  public Integer call(Order order) throws Exception {
    try (Store store = new HadoopStore(place, SparkHadoopUtil.get().conf())) {
      StopMark stop = new StopMark(store, order.name());
      if (stop.isSet()) {
        return TrialProcess.TERMINATED;
      }
      int code =
          isKept
              ? trainAndKeep(order, new TrialStore(store, order.name()), stop)
              : trainInPlace(order, stop);
      if (code >= SIGNALLED && !stop.isSet()) {
        throw new TrialLostException("the trial's process was ended, with exit code " + code);
      }
      return code;
    }
  }

  private static int trainInPlace(Order order, StopMark stop)
      throws IOException, InterruptedException {
    long tried = System.nanoTime();
    while (true) {
      long began = System.nanoTime();
      int code =
          TrialProcess.run(
              order.command(),
              order.environment(),
              Path.of(order.directory()),
              Path.of(order.log()),
              patient(() -> stop.isSet() || isKilled()));
      long now = System.nanoTime();
      tried = now - began > WORK ? now : tried; // it had trained, and has lost another
      if (code != TRY_LATER || stop.isSet() || isKilled() || now - tried > PATIENCE) {
        return code;
      }
      TimeUnit.SECONDS.sleep(SECONDS_BETWEEN_TRIES);
    }
  }

  /**
   * Whether Spark has given up this attempt, as it does where another task of its stage is lost.
   */
  private static boolean isKilled() {
    return TaskContext.get().isInterrupted();
  }

  /** Looks after a trial although the store may not answer for a while. */
  private static TrialProcess.Supervision patient(TrialProcess.Supervision watch) {
    AtomicLong answered = new AtomicLong(System.nanoTime());
    return () -> {
      try {
        boolean isOver = watch.isOver();
        answered.set(System.nanoTime());
        return isOver;
      } catch (IOException e) {
        if (System.nanoTime() - answered.get() > PATIENCE) {
          throw e;
        }
        return false;
      }
    };
  }

  private static void keepPatiently(TrialStore store, Path run)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE;
    while (true) {
      try {
        store.keep(run);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        TimeUnit.SECONDS.sleep(SECONDS_BETWEEN_TRIES);
      }
    }
  }

  /** A folder in a place that Spark, or its manager, clears when the application has ended. */
  private static Path temporaryFolder() throws IOException {
    for (String variable : List.of("LOCAL_DIRS", "SPARK_EXECUTOR_DIRS", "SPARK_LOCAL_DIRS")) {
      Optional<String> place =
          Optional.ofNullable(System.getenv(variable))
              .map(places -> places.split("[,:]", 2)[0])
              .filter(first -> Files.isDirectory(Path.of(first)));
      if (place.isPresent()) {
        return Files.createTempDirectory(Path.of(place.get()), "ddgan-trial");
      }
    }
    return Files.createTempDirectory("ddgan-trial");
  }

  private int trainAndKeep(Order order, TrialStore store, StopMark stop)
      throws IOException, InterruptedException {
    Path folder = temporaryFolder();
    try {
      Path run = folder.resolve("run");
      store.fetch(run);
      List<String> command = new ArrayList<>();
      for (String word : order.command()) {
        String moved = Order.moved(word, order.folder(), run.toString());
        command.add(moved.equals(word) ? copied(word, folder) : moved);
      }
      Path log = folder.resolve(LOG);
      Checkpoints kept = new Checkpoints();
      int code =
          TrialProcess.run(
              command,
              order.environment(),
              directory(order, folder),
              log,
              patient(
                  () -> {
                    if (kept.areNew(run.resolve(CHECKPOINTS))) {
                      store.keep(run);
                      kept.areKept();
                    }
                    return stop.isSet() || isKilled();
                  }));
      Files.createDirectories(run);
      Files.copy(log, run.resolve(LOG), StandardCopyOption.REPLACE_EXISTING);
      keepPatiently(store, run);
      return code;
    } finally {
      LocalFiles.delete(folder);
    }
  }

  private static Path directory(Order order, Path otherwise) {
    Path own = Path.of(order.directory());
    return Files.isDirectory(own) ? own : otherwise;
  }

  private String copied(String word, Path folder) throws IOException {
    if (!files.containsKey(word)) {
      return word;
    }
    Path copy = folder.resolve(Path.of(word).getFileName());
    Files.write(copy, files.get(word));
    return copy.toString();
  }

  /** The checkpoints that there were at the last look, and those that are kept. */
  private static final class Checkpoints {

    private List<String> seen = List.of();
    private List<String> kept = List.of();

    boolean areNew(Path folder) throws IOException {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> found = Files.list(folder)) {
          seen =
              found
                  .map(path -> path.getFileName().toString())
                  .filter(name -> name.matches("\\d+"))
                  .sorted()
                  .toList();
        }
      }
      return !seen.equals(kept);
    }

    void areKept() {
      kept = seen;
    }
  }
}
