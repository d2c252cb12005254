package io.ddgan.spark;

import io.ddgan.api.ProcessLauncher;
import io.ddgan.config.Key;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs each trial as a Spark task, which is restarted if its executor is lost. The driver is a
 * {@code spark-submit} process that ends with the sweep.
 *
 * @param master Spark's master, if not that of its own configuration
 * @param submit the command {@code spark-submit}
 * @param cpus cores and compute threads of each trial
 * @param maxAttempts maximum number of starts of a trial that did not fail by itself
 * @param store folder for trials, as a Hadoop URI, if executors do not see the sweep's folder
 * @param ddganPath {@code ddgan} on the executors' machines, if not the sweep's own
 * @param sparkSubmitOptions options of {@code spark-submit}
 */
public record SparkLauncher(
    @Key("Spark's master, such as spark://host:7077; null for that of Spark's configuration")
        Optional<String> master,
    @Key("the command spark-submit") String submit,
    @Key(value = "cores and compute threads of each trial", min = 1) int cpus,
    @Key(
            value = "maximum number of starts of a trial that is lost with its executor or killed",
            min = 1)
        int maxAttempts,
    @Key(
            "folder for trials if executors do not see the sweep's, such as"
                + " hdfs://host/sweeps or s3a://bucket/sweeps; null if they do")
        Optional<String> store,
    @Key("path of ddgan on the executors' machines; null for that of the sweep")
        Optional<String> ddganPath,
    @Key("additional options of spark-submit, such as --conf=spark.executor.memory=2g")
        List<String> sparkSubmitOptions)
    implements ProcessLauncher {

  /** Effectively unlimited: all trials may wait for an executor. */
  private static final int MOST = 100_000;

  private static final String JOB = "io.ddgan.spark.job.TrialsJob";

  @Override
  public Optional<Capacity> capacity() {
    return Optional.of(new Capacity(MOST, cpus));
  }

  @Override
  public Handle launch(Request trial) throws IOException {
    return open(trial.folder().resolveSibling("spark")).launch(trial);
  }

  @Override
  public Session open(Path folder) throws IOException {
    return new DriverSession(this, folder.toAbsolutePath());
  }

  /**
   * Returns the command that starts the driver.
   *
   * @param jar jar of the driver's application
   * @param threads threads of each trial
   * @param files folder for the driver's files on this machine
   * @param id the sweep's id, and the name of its folder in the store
   */
  List<String> submission(Path jar, int threads, Path files, String id) {
    List<String> words = new ArrayList<>(List.of(submit));
    master.ifPresent(value -> words.add("--master=" + value));
    words.add("--name=ddgan");
    words.add("--conf=spark.ui.showConsoleProgress=false");
    words.add("--conf=spark.ui.enabled=false");
    words.addAll(sparkSubmitOptions); // before the launcher's own options, which win
    words.add("--deploy-mode=client"); // the sweep exchanges messages with it
    words.add("--conf=spark.task.cpus=" + threads);
    words.add("--conf=spark.task.maxFailures=" + maxAttempts);
    words.add("--class=" + JOB);
    words.add(jar.toString());
    words.add(store.map(uri -> uri + "/" + id).orElse(files.resolve("stops").toUri().toString()));
    words.add(store.isPresent() ? "store" : "shared");
    words.add(files.resolve("driver.lock").toString());
    return words;
  }
}
