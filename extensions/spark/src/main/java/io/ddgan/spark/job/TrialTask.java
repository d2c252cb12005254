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
 * Runs a trial on an executor.
 *
 * @param place folder for stop requests and stored copies of trials
 * @param isKept whether the trial trains in a folder of the executor and is copied to the store
 * @param files contents of the files that the command reads, by their names on the command line
 */
record TrialTask(String place, boolean isKept, Map<String, byte[]> files)
    implements Function<TrialSpec, Integer> {

  private static final int SIGNALLED = 128;

  /** Exit code of {@code ddgan} for a run that is locked, or has lost another process. */
  private static final int TRY_LATER = 75;

  private static final long SECONDS_BETWEEN_TRIES = 10;

  /**
   * Maximum time that a store may be unreachable, and that the trial of a lost executor takes to
   * save.
   */
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(15);

  private static final String CHECKPOINTS = "checkpoints";
  static final String LOG = "spark.log";

  /**
   * Runs the trial.
   *
   * @return its exit code
   * @throws IOException if it is to be restarted, as it did not fail by itself
   */
  @Override
  public Integer call(TrialSpec spec) throws Exception {
    try (Store store = new HadoopStore(place, SparkHadoopUtil.get().conf())) {
      if (store.isStopped(spec.name())) {
        return TrialProcess.TERMINATED;
      }
      int code =
          isKept
              ? trainAndKeep(spec, store, new TrialStore(store, spec.name()))
              : trainInPlace(spec, store);
      if (code >= SIGNALLED && !store.isStopped(spec.name())) {
        throw new IOException("the trial's process was killed (exit code %d)".formatted(code));
      }
      return code;
    }
  }

  private static int trainInPlace(TrialSpec spec, Store store)
      throws IOException, InterruptedException {
    TrialProcess.Supervision watch = patient(() -> isOver(spec, store));
    long end = System.nanoTime() + PATIENCE;
    while (true) {
      int code =
          TrialProcess.run(
              spec.command(),
              spec.environment(),
              Path.of(spec.directory()),
              Path.of(spec.log()),
              watch);
      if (code != TRY_LATER || watch.isOver() || System.nanoTime() > end) {
        return code;
      }
      TimeUnit.SECONDS.sleep(SECONDS_BETWEEN_TRIES);
    }
  }

  /** Returns whether the trial was stopped or Spark has cancelled this attempt. */
  private static boolean isOver(TrialSpec spec, Store store) throws IOException {
    return store.isStopped(spec.name()) || TaskContext.get().isInterrupted();
  }

  /** Tolerates a store that is unreachable for a while. */
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

  /** Creates a folder where Spark, or its manager, deletes it when the application ends. */
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

  private int trainAndKeep(TrialSpec spec, Store store, TrialStore copies)
      throws IOException, InterruptedException {
    Path folder = temporaryFolder();
    try {
      Path run = folder.resolve("run");
      copies.fetch(run);
      List<String> command = new ArrayList<>();
      for (String word : spec.command()) {
        String moved = TrialSpec.moved(word, spec.folder(), run.toString());
        command.add(moved.equals(word) ? copied(word, folder) : moved);
      }
      Path log = folder.resolve(LOG);
      Path directory = Path.of(spec.directory());
      Set<String> kept = new HashSet<>();
      int code =
          TrialProcess.run(
              command,
              spec.environment(),
              Files.isDirectory(directory) ? directory : folder,
              log,
              patient(
                  () -> {
                    Set<String> checkpoints = checkpoints(run);
                    if (!kept.containsAll(checkpoints)) {
                      copies.keep(run);
                      kept.addAll(checkpoints);
                    }
                    return isOver(spec, store);
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
