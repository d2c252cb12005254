package io.ddgan.spark.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
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
    implements Function<TrialSpec, Integer> {

  private static final int SIGNALLED = 128;

  /** What {@code ddgan} reports of a run that another process uses, or that has lost another. */
  private static final int TRY_LATER = 75;

  private static final long SECONDS_BETWEEN_TRIES = 10;

  /** How long a store may not answer, and the trial of a lost executor may take to save. */
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(15);

  private static final String CHECKPOINTS = "checkpoints";
  static final String LOG = "spark.log";

  /**
   * Runs the trial.
   *
   * @return its exit code
   * @throws IOException if it is to be started again, since it was ended by no fault of its own
   */
  @Override
  public Integer call(TrialSpec order) throws Exception {
    try (Store store = new HadoopStore(place, SparkHadoopUtil.get().conf())) {
      if (store.isStopped(order.name())) {
        return TrialProcess.TERMINATED;
      }
      int code =
          isKept
              ? trainAndKeep(order, store, new TrialStore(store, order.name()))
              : trainInPlace(order, store);
      if (code >= SIGNALLED && !store.isStopped(order.name())) {
        throw new IOException("the trial's process was ended, with exit code " + code);
      }
      return code;
    }
  }

  private static int trainInPlace(TrialSpec order, Store store)
      throws IOException, InterruptedException {
    TrialProcess.Supervision watch = patient(() -> isOver(order, store));
    long end = System.nanoTime() + PATIENCE;
    while (true) {
      int code =
          TrialProcess.run(
              order.command(),
              order.environment(),
              Path.of(order.directory()),
              Path.of(order.log()),
              watch);
      if (code != TRY_LATER || watch.isOver() || System.nanoTime() > end) {
        return code;
      }
      TimeUnit.SECONDS.sleep(SECONDS_BETWEEN_TRIES);
    }
  }

  /** Whether it was stopped, or Spark has given up this attempt. */
  private static boolean isOver(TrialSpec order, Store store) throws IOException {
    return store.isStopped(order.name()) || TaskContext.get().isInterrupted();
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

  private static void keepPatiently(TrialStore copies, Path run)
      throws IOException, InterruptedException {
    TrialProcess.Supervision keeping =
        patient(
            () -> {
              copies.keep(run);
              return true;
            });
    while (!keeping.isOver()) {
      TimeUnit.SECONDS.sleep(SECONDS_BETWEEN_TRIES);
    }
  }

  /** A folder in a place that Spark, or its manager, clears when the application has ended. */
  private static Path temporaryFolder() throws IOException {
    for (String variable : List.of("LOCAL_DIRS", "SPARK_EXECUTOR_DIRS", "SPARK_LOCAL_DIRS")) {
      String places = Optional.ofNullable(System.getenv(variable)).orElse("");
      Path first = Path.of(places.split("[,:]", 2)[0]);
      if (!places.isEmpty() && Files.isDirectory(first)) {
        return Files.createTempDirectory(first, "ddgan-trial");
      }
    }
    return Files.createTempDirectory("ddgan-trial");
  }

  private int trainAndKeep(TrialSpec order, Store store, TrialStore copies)
      throws IOException, InterruptedException {
    Path folder = temporaryFolder();
    try {
      Path run = folder.resolve("run");
      copies.fetch(run);
      List<String> command = new ArrayList<>();
      for (String word : order.command()) {
        String moved = TrialSpec.moved(word, order.folder(), run.toString());
        command.add(moved.equals(word) ? copied(word, folder) : moved);
      }
      Path log = folder.resolve(LOG);
      Path directory = Path.of(order.directory());
      Set<String> kept = new HashSet<>();
      int code =
          TrialProcess.run(
              command,
              order.environment(),
              Files.isDirectory(directory) ? directory : folder,
              log,
              patient(
                  () -> {
                    Set<String> checkpoints = checkpoints(run);
                    if (!kept.containsAll(checkpoints)) {
                      copies.keep(run);
                      kept.addAll(checkpoints);
                    }
                    return isOver(order, store);
                  }));
      Files.createDirectories(run);
      Files.copy(log, run.resolve(LOG), StandardCopyOption.REPLACE_EXISTING);
      keepPatiently(copies, run);
      return code;
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private String copied(String word, Path folder) throws IOException {
    if (!files.containsKey(word)) {
      return word;
    }
    Path copy = folder.resolve(Path.of(word).getFileName());
    Files.write(copy, files.get(word));
    return copy.toString();
  }

  private static Set<String> checkpoints(Path run) throws IOException {
    Path folder = run.resolve(CHECKPOINTS);
    if (!Files.isDirectory(folder)) {
      return Set.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .collect(Collectors.toSet());
    }
  }
}
