package io.ddgan.cli.command;

import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.step.CheckpointNetwork;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options for the weights and the seed to sample with. */
final class SamplingOptions {

  private static final String ALL = "all";

  @Option(
      names = "--checkpoint",
      paramLabel = "STEP|latest|best",
      description =
          "Checkpoint to use (default: latest); with evaluate also the word all, for every checkpoint.")
  private Optional<String> checkpoint = Optional.empty();

  @Option(
      names = "--raw",
      description = "Use the weights as trained instead of their moving average.")
  private boolean raw;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Random seed (default: the run's seed). With the same weights, sampler and batch size, sample k depends only on the seed and k.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--batch-size",
      paramLabel = "B",
      converter = Positive.class,
      description =
          "Samples to generate at a time (default: as in training). May change the last bits of samples.")
  private Optional<Integer> batch = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Returns whether an option was given that applies only to runs. */
  boolean isOfRun() {
    return raw || checkpoint.isPresent() || batch.isPresent();
  }

  boolean isAll() {
    return checkpoint.filter(ALL::equals).isPresent();
  }

  CheckpointNetwork weights() {
    return raw ? CheckpointNetwork.GENERATOR : CheckpointNetwork.EMA;
  }

  /**
   * Returns the step of the chosen checkpoint.
   *
   * @throws IOException if the run has no such checkpoint; the message lists those it has
   */
  long step(RunCheckpoints checkpoints) throws IOException {
    if (isAll()) {
      throw wrong(ALL);
    }
    return steps(checkpoints).get(0);
  }

  /**
   * Returns the prefix of file names for weights other than the default, such as {@code
   * step-400-raw-}.
   */
  String prefix(long step) {
    return (checkpoint.isPresent() ? "step-%d-".formatted(step) : "") + (raw ? "raw-" : "");
  }

  /** Returns the steps of the chosen checkpoints. */
  List<Long> steps(RunCheckpoints checkpoints) throws IOException {
    String chosen = checkpoint.orElse("latest");
    return switch (chosen) {
      case "latest" -> List.of(checkpoints.latest());
      case "best" -> List.of(checkpoints.best());
      case ALL -> checkpoints.steps();
      default -> {
        if (!chosen.matches("\\d{1,18}")) {
          throw wrong(chosen);
        }
        yield List.of(Long.valueOf(chosen));
      }
    };
  }

  private ParameterException wrong(String chosen) {
    return new ParameterException(
        command.commandLine(), "--checkpoint must be a step, latest or best; got " + chosen);
  }

  Optional<Long> seed() {
    return seed;
  }

  Optional<Integer> batch() {
    return batch;
  }
}
