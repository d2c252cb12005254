package io.ddgan.app.training;

import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.LengthDependence;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A run that goes on is given another number of steps.
 *
 * @param done steps that are done
 * @param before steps that it was to have
 * @param experiment the configuration with the steps that it is to have
 */
public record LengthChange(long done, long before, Experiment experiment) {

  /** The change from what a run has been trained with, if there is one. */
  public static Optional<LengthChange> of(
      RunFolder folder, Experiment before, Experiment experiment) throws IOException {
    long length = before.training().iterations();
    return length == experiment.training().iterations()
        ? Optional.empty()
        : Optional.of(new LengthChange(RunCheckpoints.done(folder), length, experiment));
  }

  /** What that does to the run, in a sentence. */
  public String text() {
    long after = experiment.training().iterations();
    List<String> keys = LengthDependence.keys(experiment);
    String consequence =
        keys.isEmpty() || done == 0
            ? "nothing done so far depends on their number, so its weights will be those of a run of %,d steps, bit for bit"
                .formatted(after)
            : "what goes over the whole training jumps to where it would be in one of %,d steps (%s), so the run will differ from one that had that many from the start"
                .formatted(after, String.join(", ", keys));
    return "the run has %,d steps now instead of %,d, of which %,d are done; %s"
        .formatted(after, before, done, consequence);
  }
}
