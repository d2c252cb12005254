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
 * Submits trials to Slurm; those that start together are one job array. Shortly before its time
 * limit a trial saves and is queued again. Trials outlive the sweep, and a resumed sweep finds
 * them.
 *
 * @param partition the partition, if not the cluster's default
 * @param time time limit of a trial, in Slurm's notation
 * @param cpus cores and compute threads of each trial
 * @param gpus GPUs of each trial
 * @param memory memory of each trial, in Slurm's notation
 * @param arrayParallelism maximum number of running trials
 * @param grace seconds before the time limit at which a trial saves
 * @param setup lines of bash
 * @param sbatchOptions options of {@code sbatch}
 */
public record SlurmLauncher(
    @Key("partition of the cluster; null for the default") Optional<String> partition,
    @Key(
            "time limit, such as 4:00:00, after which a trial is queued again; null for the"
                + " partition's")
        Optional<String> time,
    @Key(value = "cores and compute threads of each trial", min = 1) int cpus,
    @Key(value = "GPUs of each trial", min = 0) int gpus,
    @Key("memory of each trial, such as 8G; null for the partition's") Optional<String> memory,
    @Key(value = "maximum number of running trials of an array; null for no limit", min = 1)
        Optional<Integer> arrayParallelism,
    @Key(value = "seconds before the time limit at which a trial saves", min = 1) int grace,
    @Key("lines of bash to run before each trial, such as module load java/17") List<String> setup,
    @Key("additional options of sbatch, such as --account=physics") List<String> sbatchOptions)
    implements ProcessLauncher {

  /** Effectively unlimited: all trials may wait in the queue. */
  private static final int MOST = 100_000;

  @Override
  public Optional<Capacity> capacity() {
    return Optional.of(new Capacity(MOST, cpus));
  }

  @Override
  public boolean supportsDetach() {
    return true;
  }

  @Override
  public Set<String> activeTrials(Path folder) throws IOException {
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
   * Returns the command that submits an array.
   *
   * @param name the array's name
   * @param trials number of trials
   * @param threads threads of each trial
   * @param script script of the array
   */
  List<String> sbatch(String name, int trials, int threads, Path script) {
    List<String> words = new ArrayList<>(List.of("sbatch", "--requeue"));
    words.addAll(sbatchOptions); // before the launcher's own options, which win
    words.add("--parsable");
    String most = arrayParallelism.map(count -> "%" + count).orElse("");
    words.add("--array=0-%d%s".formatted(trials - 1, most));
    words.add("--job-name=" + name);
    words.add("--output=/dev/null"); // each trial writes to its own log
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
