package io.ddgan.app.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.ProgressListener;
import io.ddgan.app.experiment.TrainedRun;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.run.RunClasses;
import io.ddgan.train.sampling.TrainedGenerator;
import java.io.IOException;
import java.util.Optional;

/**
 * A generator, and the seed and class to sample with.
 *
 * @param run its run
 * @param label the class of all samples; drawn for each if empty
 * @param listener is notified of the progress
 */
public record Sampling(
    TrainedRun run,
    TrainedGenerator generator,
    long seed,
    Optional<Integer> label,
    ProgressListener listener) {

  Setup setup() {
    return run.setup();
  }

  DataShape shape() {
    return generator.shape();
  }

  RandomStreams random() {
    return new RandomStreams(seed);
  }

  /** Returns the classes of the run, whose generator must be class-conditional. */
  RunClasses classes() throws IOException {
    return run.classes(generator);
  }
}
