package io.ddgan.app.report;

import com.typesafe.config.Config;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a run took to train, and takes to sample.
 *
 * @param step steps that are trained
 * @param steps steps of the whole training
 * @param batch examples of a step
 * @param parameters number of parameters by network; none before the first checkpoint
 * @param evaluations evaluations of the generator for a sample, if it was noted
 * @param training how long the training took, evaluations on the way included, if it was noted
 */
public record RunCost(
    long step,
    long steps,
    int batch,
    Map<String, Long> parameters,
    Optional<Integer> evaluations,
    Optional<Duration> training) {

  /**
   * That of a run.
   *
   * @param provenance its {@code provenance.json}
   * @throws IOException if a checkpoint cannot be read
   */
  static RunCost of(RunFolder folder, Experiment experiment, Config provenance) throws IOException {
    CheckpointStore store = new CheckpointStore(folder.checkpoints());
    OptionalLong latest = store.latest();
    Map<String, Long> parameters = new TreeMap<>();
    if (latest.isPresent()) {
      Map<String, Long> parts = store.sizes(latest.getAsLong());
      parts.forEach(
          (part, size) -> {
            if (isNetwork(part, parts.keySet())) {
              parameters.put(part, size);
            }
          });
    }
    return new RunCost(
        latest.orElse(0),
        experiment.training().iterations(),
        experiment.training().batch(),
        parameters,
        provenance.hasPath(Provenance.EVALUATIONS)
            ? Optional.of(provenance.getInt(Provenance.EVALUATIONS))
            : Optional.empty(),
        RunProgress.read(folder.progress())
            .map(RunProgress::seconds)
            .filter(seconds -> seconds > 0)
            .map(seconds -> Duration.ofMillis(Math.round(seconds * 1000))));
  }

  /** Rather than what an optimiser keeps of one, which is named after it. */
  private static boolean isNetwork(String part, Set<String> parts) {
    return !part.equals(Checkpoint.AVERAGE)
        && !part.equals(Checkpoint.MEASUREMENTS)
        && parts.stream().noneMatch(other -> part.startsWith(other + "-"));
  }

  /** Examples that the training has seen, with repetitions. */
  long examples() {
    return step * batch;
  }
}
