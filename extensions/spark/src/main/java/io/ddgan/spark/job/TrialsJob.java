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
 * The application of a sweep. Each line of its standard input is {@code launch} with a {@link
 * TrialSpec}, or {@code stop} with a trial's name. Each line of its standard output is {@code
 * refused} with a reason, or {@code ended} with a trial's name, its exit code if known and a reason
 * if any. At the end of its input it makes all trials save, and ends.
 */
public final class TrialsJob implements AutoCloseable {

  /** Messages of the application. */
  public static final String REFUSED = "refused";

  public static final String ENDED = "ended";

  /** Messages to the application. */
  public static final String LAUNCH = "launch";

  public static final String STOP = "stop";

  /** Placeholder for an unknown exit code. */
  public static final String UNKNOWN = "unknown";

  private static final long MILLISECONDS_BETWEEN_POLLS = 200;
  private static final int LARGEST_FILE = 1 << 20;

  private final JavaSparkContext spark;
  private final String place;
  private final boolean isKept;
  private final Store store;
  private final PrintStream out;

  /** Received messages; an empty one marks the end of the input. */
  private final BlockingQueue<List<String>> received = new LinkedBlockingQueue<>();

  private final Map<String, Running> running = new LinkedHashMap<>();

  private record Running(TrialSpec spec, JavaFutureAction<List<Integer>> result) {}

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
   * @param arguments a folder as a Hadoop URI, {@code store} if trials are stored there, and the
   *     path of a lock file of the sweep
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    boolean isHome;
    try (FileChannel file =
        FileChannel.open(
            Path.of(arguments[2]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.lock(); // a killed sweep's application may still be returning its trials
      isHome = run(arguments[0], arguments[1].equals("store"));
    }
    if (!isHome) {
      System.exit(1);
    }
  }

  private static boolean run(String place, boolean isKept)
      throws IOException, InterruptedException {
    PrintStream out = System.out;
    System.setOut(System.err); // keeps other output apart from messages
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf());
        TrialsJob job = new TrialsJob(spark, place, isKept, out)) {
      job.run(System.in);
      return job.isHome();
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      say(out, REFUSED, "cannot use %s: %s".formatted(place, firstLine(e)));
      throw e;
    }
  }

  private void run(InputStream in) throws IOException, InterruptedException {
    String probe = UUID.randomUUID().toString(); // checks that the folder is writable
    store.setStopped(probe, true);
    store.setStopped(probe, false);
    Thread listener = new Thread(() -> listen(in), "sweep");
    listener.setDaemon(true);
    listener.start();
    boolean isOver = false;
    while (!isOver || !running.isEmpty()) {
      List<String> words = received.poll(MILLISECONDS_BETWEEN_POLLS, TimeUnit.MILLISECONDS);
      if (words == null) {
        poll();
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
        received.add(TrialSpec.words(line));
      }
    } catch (IOException e) {
      // same as closed
    }
    received.add(List.of());
  }

  private void launch(TrialSpec spec) throws IOException {
    store.setStopped(spec.name(), false);
    if (isKept) {
      try {
        new TrialStore(store, spec.name()).bring(Path.of(spec.folder()));
      } catch (IOException e) {
        String reason = "cannot copy the run to %s: %s".formatted(place, firstLine(e));
        say(out, ENDED, spec.name(), UNKNOWN, reason);
        return;
      }
    }
    spark.setJobGroup(spec.name(), spec.name(), true);
    TrialTask task = new TrialTask(place, isKept, isKept ? filesOf(spec) : Map.of());
    running.put(
        spec.name(),
        new Running(spec, spark.parallelize(List.of(spec), 1).map(task).collectAsync()));
  }

  /** Reads the files that the command names, which executors do not see. */
  private static Map<String, byte[]> filesOf(TrialSpec spec) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    for (String word : spec.command().subList(1, spec.command().size())) {
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

  private void poll() throws IOException, InterruptedException {
    for (Running trial : List.copyOf(running.values())) {
      if (trial.result().isDone()) {
        running.remove(trial.spec().name());
        end(trial);
      }
    }
  }

  private void end(Running trial) throws IOException, InterruptedException {
    TrialSpec spec = trial.spec();
    String code = UNKNOWN;
    String reason = "";
    try {
      code = Integer.toString(trial.result().get().get(0));
    } catch (CancellationException e) {
      reason = "stopped before it began";
    } catch (ExecutionException e) {
      reason = firstLine(e.getCause());
    }
    if (isKept) {
      try {
        new TrialStore(store, spec.name()).deliver(Path.of(spec.folder()), Path.of(spec.log()));
      } catch (IOException e) { // the copies stay
        code = UNKNOWN;
        reason = "cannot copy the run from %s: %s".formatted(place, firstLine(e));
      }
    }
    store.setStopped(spec.name(), false);
    say(out, ENDED, spec.name(), code, reason);
  }

  /** Returns the cause, without Spark's prefixes. */
  private static String firstLine(Throwable e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(message).replaceFirst("^.*Exception: ", "");
  }

  /** Returns whether the store holds no more trials; if so, removes the sweep's folder. */
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
