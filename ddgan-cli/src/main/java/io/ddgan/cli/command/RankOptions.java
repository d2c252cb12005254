package io.ddgan.cli.command;

import io.ddgan.api.DistributedTraining;
import io.ddgan.api.GradientExchange;
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

/** The options by which several processes train one run, and what follows from them. */
final class RankOptions {

  @Option(
      names = "--rank",
      paramLabel = "K",
      description =
          "With --world-size: the number of this process, from 0, among those that train the run"
              + " together. That of rank 0 keeps the run.")
  private Optional<Integer> rank = Optional.empty();

  @Option(
      names = "--world-size",
      paramLabel = "W",
      converter = Positive.class,
      description =
          "Share the batch among W processes, which this one starts, or, with --rank, others;"
              + " training.micro-batches must be a multiple of W.")
  private Optional<Integer> ranks = Optional.empty();

  @Mixin private LauncherOption launcher;

  /** Checks how they are used. */
  void check(CommandSpec spec) {
    Subcommand.require(
        spec,
        rank.isEmpty() || (ranks.isPresent() && !launcher.isGiven()),
        "--rank goes with --world-size, and without --launcher, which starts all processes");
    Subcommand.require(
        spec,
        rank() >= 0 && rank() < size(),
        "--rank must be from 0 to %d, not %d".formatted(size() - 1, rank()));
  }

  int rank() {
    return rank.orElse(0);
  }

  int size() {
    return ranks.orElse(1);
  }

  /** Whether this process only starts those that train. */
  boolean areLaunched() {
    return rank.isEmpty() && (ranks.isPresent() || launcher.isGiven());
  }

  /**
   * Waits for the other processes, if there are any.
   *
   * @param stop asked meanwhile; true ends the waiting
   */
  GradientExchange meet(RunFolder folder, BooleanSupplier stop) throws IOException {
    return size() == 1
        ? GradientExchange.ALONE
        : extension().meet(folder.root(), rank(), size(), stop);
  }

  void requireShards(Experiment experiment) {
    int shards = experiment.training().microBatches();
    if (shards % size() != 0) {
      throw new RefusedException(
          "training.micro-batches = %d cannot be shared by %d processes; make it a multiple, such as training.micro-batches=%d"
              .formatted(shards, size(), size()));
    }
  }

  private static DistributedTraining extension() {
    return ServiceLoader.load(DistributedTraining.class, DistributedTraining.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    "--world-size needs the jar ddgan-distributed, which is not on the class path; put it there, or train with one process"));
  }

  /**
   * The processes that train a run, none of which has started.
   *
   * @param words of the command that trains the run, without its rank
   */
  TrainingProcesses processes(
      RunFolder run, List<String> words, Optional<Integer> threads, Binder binder) {
    DistributedTraining unused = extension(); // without which none of them can train
    ProcessLauncher where = launcher.read(binder);
    Workers workers = Workers.of(where, Optional.of(size()), threads, List.of());
    return new TrainingProcesses(run, words, where, workers, "--run");
  }
}
