package io.ddgan.cli.options;

import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.step.StoredNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which of a run's weights. */
public final class CheckpointOptions {

  private static final String ALL = "all";

  @Option(
      names = "--checkpoint",
      paramLabel = "STEP|latest|best",
      description = "Which of the run's checkpoints (default: the latest); for evaluate also: all.")
  private Optional<String> checkpoint = Optional.empty();

  @Option(names = "--raw", description = "The weights as trained, instead of their average.")
  private boolean raw;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Whether any of these was given. */
  public boolean isGiven() {
    return raw || checkpoint.isPresent();
  }

  /** The options as they were given, for another process. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    checkpoint.ifPresent(asked -> words.addAll(List.of("--checkpoint", asked)));
    if (raw) {
      words.add("--raw");
    }
    return words;
  }

  /** Whether all checkpoints were asked for. */
  public boolean isAll() {
    return checkpoint.filter(ALL::equals).isPresent();
  }

  /** The weights that were asked for. */
  public StoredNetwork weights() {
    return raw ? StoredNetwork.GENERATOR : StoredNetwork.AVERAGE;
  }

  /**
   * The step of the checkpoint that was asked for.
   *
   * @throws IOException if the run has no such checkpoint; the message says which it has
   */
  public long step(RunCheckpoints checkpoints) throws IOException {
    if (isAll()) {
      throw wrong(ALL);
    }
    return steps(checkpoints).get(0);
  }

  /** Names the weights in a file's name, if they are not the usual ones: {@code step-400-raw-}. */
  public String prefix(long step) {
    return (checkpoint.isPresent() ? "step-%d-".formatted(step) : "") + (raw ? "raw-" : "");
  }

  /** The steps of the checkpoints that were asked for. */
  public List<Long> steps(RunCheckpoints checkpoints) throws IOException {
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
}
