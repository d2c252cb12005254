package io.ddgan.spark;

import io.ddgan.api.ProcessLauncher;
import io.ddgan.config.Key;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs each trial as a task of Spark, which starts it again where its executor is lost. The driver
 * is a process of {@code spark-submit} beside the sweep, and ends with it.
 *
 * @param master Spark's master, if not the one of its own configuration
 * @param submit the command {@code spark-submit}
 * @param cpus cores of each trial, and threads that it computes with
 * @param maxAttempts starts of a trial that ends by no fault of its own
 * @param store where trials are kept, as a URI of Hadoop, if executors do not see the sweep's
 *     folder
 * @param program {@code ddgan} on the executors' machines, if not the sweep's own
 * @param extra options of {@code spark-submit}
 */
public record SparkLauncher(
    @Key("Spark's master, such as spark://host:7077; none for that of Spark's configuration")
        Optional<String> master,
    @Key("the command spark-submit") String submit,
    @Key(value = "cores of each trial, and threads that it computes with", min = 1) int cpus,
    @Key(value = "starts of a trial whose executor is lost, or that a signal ends", min = 1)
        int maxAttempts,
    @Key(
            "where trials are kept if executors do not see the sweep's folder, such as"
                + " hdfs://host/sweeps or s3a://bucket/sweeps; none if they do")
        Optional<String> store,
    @Key("ddgan on the executors' machines; none for the path of the sweep's own")
        Optional<String> program,
    @Key("further options of spark-submit, such as --conf=spark.executor.memory=2g")
        List<String> extra)
    implements ProcessLauncher {

  /** Trials of a sweep may all wait for an executor. */
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
   * The command that starts the driver.
   *
   * @param jar what it runs
   * @param threads of each trial
   * @param files the folder for what it writes on this machine
   * @param id of the sweep, which has a folder of that name in the store
   */
  List<String> submission(Path jar, int threads, Path files, String id) {
    List<String> words = new ArrayList<>(List.of(submit));
    master.ifPresent(value -> words.add("--master=" + value));
    words.add("--name=ddgan");
    words.add("--conf=spark.ui.showConsoleProgress=false");
    words.add("--conf=spark.ui.enabled=false");
    words.addAll(extra); // of options that are given twice the second counts
    words.add("--deploy-mode=client"); // the sweep talks with it
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
