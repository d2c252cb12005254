package io.ddgan.cli.command;

import io.ddgan.api.ProcessGroup;
import io.ddgan.api.ProcessGroupBackend;
import io.ddgan.api.ProcessLauncher;
import io.ddgan.api.RefusedException;
import io.ddgan.app.process.Workers;
import io.ddgan.internal.config.Binder;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options for training one run with several processes. */
final class RankOptions {

  @Option(
      names = "--rank",
      paramLabel = "K",
      description =
          "With --world-size: rank of this process, from 0. Rank 0 writes the run's files.")
  private Optional<Integer> rank = Optional.empty();

  @Option(
      names = "--world-size",
      paramLabel = "W",
      converter = Positive.class,
      description =
          "Split the batch among W processes. This command starts them all, unless --rank is given. training.micro-batches must be a multiple of W.")
  private Optional<Integer> ranks = Optional.empty();

  @Mixin private LauncherOption launcher;

  /** Checks that the options go together. */
  void check(CommandSpec spec) {
    Subcommand.require(
        spec,
        rank.isEmpty() || (ranks.isPresent() && !launcher.isGiven()),
        "--rank requires --world-size, and excludes --launcher, which starts all processes");
    Subcommand.require(
        spec,
        rank() >= 0 && rank() < size(),
        "--rank must be from 0 to %d; got %d".formatted(size() - 1, rank()));
  }

  int rank() {
    return rank.orElse(0);
  }

  int size() {
    return ranks.orElse(1);
  }

  /** Returns whether this process only starts others that train. */
  boolean areLaunched() {
    return rank.isEmpty() && (ranks.isPresent() || launcher.isGiven());
  }

  /**
   * Waits for the other processes, if there are any.
   *
   * @param stop polled while waiting; true ends the wait
   */
  ProcessGroup meet(RunFolder folder, BooleanSupplier stop) throws IOException {
    return size() == 1 ? ProcessGroup.ALONE : extension().join(folder.root(), rank(), size(), stop);
  }

  void requireShards(Experiment experiment) {
    int shards = experiment.training().microBatches();
    if (shards % size() != 0) {
      throw new RefusedException(
          "training.micro-batches = %d is not a multiple of the %d processes; set training.micro-batches=%d"
              .formatted(shards, size(), size()));
    }
  }

  private static ProcessGroupBackend extension() {
    return ServiceLoader.load(ProcessGroupBackend.class, ProcessGroupBackend.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    "--world-size needs the jar ddgan-distributed; add it to the class path, or omit --world-size"));
  }

  /**
   * Returns the processes that train a run, not started yet.
   *
   * @param words the command that trains the run, without --rank
   */
  TrainingProcesses processes(
      RunFolder run, List<String> words, Optional<Integer> threads, Binder binder) {
    ProcessGroupBackend unused = extension(); // throws if the jar is missing
    ProcessLauncher where = launcher.read(binder);
    Workers workers = Workers.of(where, Optional.of(size()), threads, List.of());
    return new TrainingProcesses(run, words, where, workers, "--run");
  }
}
