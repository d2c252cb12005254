package io.ddgan.spark.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The application of a sweep. It reads from its standard input, a line each, {@code launch} with an
 * {@link TrialSpec} and {@code stop} with a trial's name, and writes to its standard output {@code
 * refused} with a reason, and {@code ended} with a trial's name, its exit code if it is known and a
 * reason if there is one. At the end of its input it lets all trials save, and ends.
 */
public final class TrialsJob implements AutoCloseable {

  /** What this says. */
  public static final String REFUSED = "refused";

  public static final String ENDED = "ended";

  /** What it is told. */
  public static final String LAUNCH = "launch";

  public static final String STOP = "stop";

  /** Instead of an exit code that is not known. */
  public static final String UNKNOWN = "unknown";

  private static final long MILLISECONDS_BETWEEN_LOOKS = 200;
  private static final int LARGEST_FILE = 1 << 20;

  private final JavaSparkContext spark;
  private final String place;
  private final boolean isKept;
  private final Store store;
  private final PrintStream out;

  /** Lines that it was told; the empty one is the end. */
  private final BlockingQueue<List<String>> told = new LinkedBlockingQueue<>();

  private final Map<String, Running> running = new LinkedHashMap<>();

  private record Running(TrialSpec order, JavaFutureAction<List<Integer>> result) {}

  private TrialsJob(JavaSparkContext spark, String place, boolean isKept, PrintStream out)
      throws IOException {
    this.spark = spark;
    this.place = place;
    this.isKept = isKept;
    this.out = out;
    this.store = new HadoopStore(place, spark.hadoopConfiguration());
  }

  /**
   * Runs the application.
   *
   * @param arguments a folder as a URI of Hadoop, {@code store} if trials are kept there, and the
   *     path of a file that one application of a sweep at a time has locked
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    boolean isHome;
    try (FileChannel file =
        FileChannel.open(
            Path.of(arguments[2]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.lock(); // the application of a sweep that was killed may still bring its trials home
      isHome = run(arguments[0], arguments[1].equals("store"));
    }
    if (!isHome) {
      System.exit(1);
    }
  }

  private static boolean run(String place, boolean isKept)
      throws IOException, InterruptedException {
    PrintStream out = System.out;
    System.setOut(System.err); // whatever else is printed is no message
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf());
        TrialsJob job = new TrialsJob(spark, place, isKept, out)) {
      job.run(System.in);
      return job.isHome();
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      say(out, REFUSED, "%s cannot be used: %s".formatted(place, firstLine(e)));
      throw e;
    }
  }

  private void run(InputStream in) throws IOException, InterruptedException {
    String nobody = UUID.randomUUID().toString(); // finds out whether the place can be written
    store.setStopped(nobody, true);
    store.setStopped(nobody, false);
    Thread listener = new Thread(() -> listen(in), "sweep");
    listener.setDaemon(true);
    listener.start();
    boolean isOver = false;
    while (!isOver || !running.isEmpty()) {
      List<String> words = told.poll(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
      if (words == null) {
        look();
      } else if (words.isEmpty()) {
        isOver = true;
        for (String name : running.keySet()) {
          stop(name);
        }
      } else if (words.get(0).equals(LAUNCH)) {
        launch(TrialSpec.of(words.get(1)));
      } else if (running.containsKey(words.get(1))) {
        stop(words.get(1));
      }
    }
  }

  private void listen(InputStream in) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        told.add(TrialSpec.words(line));
      }
    } catch (IOException e) {
      // cut off is as good as closed
    }
    told.add(List.of());
  }

  private void launch(TrialSpec order) throws IOException {
    store.setStopped(order.name(), false);
    if (isKept) {
      try {
        new TrialStore(store, order.name()).bring(Path.of(order.folder()));
      } catch (IOException e) {
        String reason = "its run cannot be copied to %s: %s".formatted(place, firstLine(e));
        say(out, ENDED, order.name(), UNKNOWN, reason);
        return;
      }
    }
    spark.setJobGroup(order.name(), order.name(), true);
    TrialTask task = new TrialTask(place, isKept, isKept ? filesOf(order) : Map.of());
    running.put(
        order.name(),
        new Running(order, spark.parallelize(List.of(order), 1).map(task).collectAsync()));
  }

  /** Files that the command names, which an executor does not see. */
  private static Map<String, byte[]> filesOf(TrialSpec order) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    for (String word : order.command().subList(1, order.command().size())) {
      Path file = Path.of(word);
      if (Files.isRegularFile(file) && Files.size(file) <= LARGEST_FILE) {
        files.put(word, Files.readAllBytes(file));
      }
    }
    return files;
  }

  private void stop(String name) throws IOException {
    store.setStopped(name, true);
    if (!isBegun(name)) {
      running.get(name).result().cancel(true);
    }
  }

  private boolean isBegun(String group) {
    for (int job : spark.statusTracker().getJobIdsForGroup(group)) {
      Optional<SparkJobInfo> known = Optional.ofNullable(spark.statusTracker().getJobInfo(job));
      for (int stage : known.map(SparkJobInfo::stageIds).orElse(new int[0])) {
        SparkStageInfo info = spark.statusTracker().getStageInfo(stage);
        if (info != null && info.numActiveTasks() > 0) {
          return true;
        }
      }
    }
    return false;
  }

  private void look() throws IOException, InterruptedException {
    for (Running trial : List.copyOf(running.values())) {
      if (trial.result().isDone()) {
        running.remove(trial.order().name());
        end(trial);
      }
    }
  }

  private void end(Running trial) throws IOException, InterruptedException {
    TrialSpec order = trial.order();
    String code = UNKNOWN;
    String reason = "";
    try {
      code = Integer.toString(trial.result().get().get(0));
    } catch (CancellationException e) {
      reason = "it was stopped before it began";
    } catch (ExecutionException e) {
      reason = firstLine(e.getCause());
    }
    if (isKept) {
      try {
        new TrialStore(store, order.name()).deliver(Path.of(order.folder()), Path.of(order.log()));
      } catch (IOException e) { // the copies stay
        code = UNKNOWN;
        reason = "its run cannot be copied from %s: %s".formatted(place, firstLine(e));
      }
    }
    store.setStopped(order.name(), false);
    say(out, ENDED, order.name(), code, reason);
  }

  /** What has happened, without where Spark has come across it. */
  private static String firstLine(Throwable e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(message).replaceFirst("^.*Exception: ", "");
  }

  /**
   * Whether nothing of the trials is left in the store, whose folder of this sweep is removed then.
   */
  private boolean isHome() throws IOException {
    if (isKept) {
      if (!store.names("").stream().allMatch(Store.STOPS::equals)) {
        return false;
      }
      store.delete("");
    }
    return true;
  }

  private static void say(PrintStream out, String... words) {
    synchronized (out) {
      out.println(TrialSpec.line(List.of(words)));
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
