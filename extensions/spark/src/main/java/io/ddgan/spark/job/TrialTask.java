package io.ddgan.spark.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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

  /** A process that goes on with a trial says so about once a second. */
  private static final long SECONDS_OF_SILENCE = 15;

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
    Path progress = Path.of(order.folder(), "progress.json");
    if (TaskContext.get().attemptNumber() > 0) {
      awaitSilence(progress);
    }
    return TrialProcess.run(
        order.command(),
        order.environment(),
        Path.of(order.directory()),
        Path.of(order.log()),
        stop::isSet);
  }

  /** The process of an executor that was lost may still be saving. */
  private static void awaitSilence(Path progress) throws IOException, InterruptedException {
    while (Files.exists(progress)
        && System.currentTimeMillis() - Files.getLastModifiedTime(progress).toMillis()
            < TimeUnit.SECONDS.toMillis(SECONDS_OF_SILENCE)) {
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private int trainAndKeep(Order order, TrialStore store, StopMark stop)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("ddgan-trial");
    try {
      Path run = folder.resolve("run");
      store.fetch(run);
      List<String> command = new ArrayList<>();
      for (String word : order.command()) {
        command.add(word.equals(order.folder()) ? run.toString() : copied(word, folder));
      }
      Path log = folder.resolve(LOG);
      Checkpoints kept = new Checkpoints();
      int code =
          TrialProcess.run(
              command,
              order.environment(),
              directory(order, folder),
              log,
              () -> {
                if (kept.areNew(run.resolve(CHECKPOINTS))) {
                  store.keep(run);
                }
                return stop.isSet();
              });
      Files.createDirectories(run);
      Files.copy(log, run.resolve(LOG), StandardCopyOption.REPLACE_EXISTING);
      store.keep(run);
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

  /** The checkpoints that there were at the last look. */
  private static final class Checkpoints {

    private List<String> last = List.of();

    boolean areNew(Path folder) throws IOException {
      if (!Files.isDirectory(folder)) {
        return false;
      }
      List<String> now;
      try (Stream<Path> found = Files.list(folder)) {
        now =
            found
                .map(path -> path.getFileName().toString())
                .filter(name -> name.matches("\\d+"))
                .collect(
                    Collectors.collectingAndThen(
                        Collectors.toCollection(TreeSet::new), List::copyOf));
      }
      boolean areNew = !now.equals(last);
      last = now;
      return areNew;
    }
  }
}
