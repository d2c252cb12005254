package io.ddgan.slurm;

import io.ddgan.api.ProcessLauncher;
import io.ddgan.config.Key;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives trials to Slurm: those that can start together are one job array. Before its time is over a
 * trial saves and is queued again. The sweep may end meanwhile; the next one finds its trials.
 *
 * @param partition the partition, if not the cluster's default
 * @param time that a trial may take at a time, in Slurm's notation
 * @param cpus of each trial, and threads that it computes with
 * @param gpus of each trial
 * @param memory of each trial, in Slurm's notation
 * @param arrayParallelism trials that run at once
 * @param grace seconds before the end of the time at which a trial saves
 * @param setup lines of bash
 * @param extra options of {@code sbatch}
 */
public record SlurmLauncher(
    @Key("partition of the cluster; none for its default") Optional<String> partition,
    @Key(
            "time after which a trial saves and is queued again, such as 4:00:00; none for the"
                + " partition's")
        Optional<String> time,
    @Key(value = "cores of each trial, and threads that it computes with", min = 1) int cpus,
    @Key(value = "GPUs of each trial", min = 0) int gpus,
    @Key("memory of each trial, such as 8G; none for the partition's") Optional<String> memory,
    @Key(
            value = "trials of an array that run at once; none for as many as there is room for",
            min = 1)
        Optional<Integer> arrayParallelism,
    @Key(value = "seconds before the end of its time at which a trial saves", min = 1) int grace,
    @Key("lines of bash before each trial, such as module load java/17") List<String> setup,
    @Key("further options of sbatch, such as --account=physics") List<String> extra)
    implements ProcessLauncher {

  /** Trials of a sweep may all wait in the queue. */
  private static final int MOST = 100_000;

  @Override
  public Optional<Capacity> capacity() {
    return Optional.of(new Capacity(MOST, cpus));
  }

  @Override
  public boolean isDetached() {
    return true;
  }

  @Override
  public Set<String> launched(Path folder) throws IOException {
    return new SlurmSession(this, new ArrayFolders(folder.toAbsolutePath())).active();
  }

  @Override
  public Handle launch(Request trial) throws IOException {
    return open(trial.folder().resolveSibling("slurm")).launch(trial);
  }

  @Override
  public Session open(Path folder) throws IOException {
    return new SlurmSession(this, new ArrayFolders(folder.toAbsolutePath()));
  }

  /**
   * The command that queues an array.
   *
   * @param name the array's
   * @param trials how many it has
   * @param threads of each
   * @param script what each of its tasks runs
   */
  List<String> sbatch(String name, int trials, int threads, Path script) {
    List<String> words = new ArrayList<>(List.of("sbatch", "--requeue"));
    words.addAll(extra); // of options that are given twice the second counts
    words.add("--parsable");
    String most = arrayParallelism.map(count -> "%" + count).orElse("");
    words.add("--array=0-%d%s".formatted(trials - 1, most));
    words.add("--job-name=" + name);
    words.add("--output=/dev/null"); // each trial has a log of its own
    words.add("--open-mode=append");
    words.add("--cpus-per-task=" + threads);
    words.add("--signal=B:USR1@" + grace);
    partition.ifPresent(value -> words.add("--partition=" + value));
    time.ifPresent(value -> words.add("--time=" + value));
    memory.ifPresent(value -> words.add("--mem=" + value));
    if (gpus > 0) {
      words.add("--gpus=" + gpus);
    }
    words.add(script.toString());
    return words;
  }
}
