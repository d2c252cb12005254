package io.ddgan.cli.options;

import io.ddgan.train.experiment.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a command draws examples. */
public final class SamplingOptions {

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed; example k depends on it and on k alone (default: the run's).")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--batch",
      paramLabel = "B",
      converter = Positive.class,
      description = "Examples generated at a time (default: as in training).")
  private Optional<Integer> batch = Optional.empty();

  /** The seed that was asked for. */
  public Optional<Long> seed() {
    return seed;
  }

  /** The seed that a run's examples are drawn with. */
  public long seed(Setup setup) {
    return seed.orElse(setup.experiment().seed());
  }

  /** The options as they were given, for another process. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    seed.ifPresent(number -> words.addAll(List.of("--seed", number.toString())));
    batch.ifPresent(number -> words.addAll(List.of("--batch", number.toString())));
    return words;
  }

  /** The number of examples at a time that was asked for. */
  public Optional<Integer> batch() {
    return batch;
  }
}
