package io.ddgan.cli.command;

import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.step.StoredWeights;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which of a run's weights draw examples, and how. */
final class SamplingOptions {

  private static final String ALL = "all";

  @Option(
      names = "--checkpoint",
      paramLabel = "STEP|latest|best",
      description = "Which of the run's checkpoints (default: the latest); for evaluate also: all.")
  private Optional<String> checkpoint = Optional.empty();

  @Option(names = "--raw", description = "The weights as trained, instead of their average.")
  private boolean raw;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed; example k depends on it and on k alone (default: the run's).")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--batch-size",
      paramLabel = "B",
      converter = Positive.class,
      description = "Examples generated at a time (default: as in training).")
  private Optional<Integer> batch = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Whether anything was asked for that only a run has. */
  boolean isOfRun() {
    return raw || checkpoint.isPresent() || batch.isPresent();
  }

  boolean isAll() {
    return checkpoint.filter(ALL::equals).isPresent();
  }

  StoredWeights weights() {
    return raw ? StoredWeights.GENERATOR : StoredWeights.EMA;
  }

  /**
   * The step of the checkpoint that was asked for.
   *
   * @throws IOException if the run has no such checkpoint; the message says which it has
   */
  long step(RunCheckpoints checkpoints) throws IOException {
    if (isAll()) {
      throw wrong(ALL);
    }
    return steps(checkpoints).get(0);
  }

  /** Names the weights in a file's name, if they are not the usual ones: {@code step-400-raw-}. */
  String prefix(long step) {
    return (checkpoint.isPresent() ? "step-%d-".formatted(step) : "") + (raw ? "raw-" : "");
  }

  /** The steps of the checkpoints that were asked for. */
  List<Long> steps(RunCheckpoints checkpoints) throws IOException {
    String asked = checkpoint.orElse("latest");
    return switch (asked) {
      case "latest" -> List.of(checkpoints.latest());
      case "best" -> List.of(checkpoints.best());
      case ALL -> checkpoints.steps();
      default -> {
        if (!asked.matches("\\d{1,18}")) {
          throw wrong(asked);
        }
        yield List.of(Long.valueOf(asked));
      }
    };
  }

  private ParameterException wrong(String asked) {
    return new ParameterException(
        command.commandLine(), "--checkpoint is a step, latest or best, not " + asked);
  }

  Optional<Long> seed() {
    return seed;
  }

  Optional<Integer> batch() {
    return batch;
  }
}
