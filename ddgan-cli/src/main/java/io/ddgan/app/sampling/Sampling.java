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
 * A generator, and what its examples are drawn from.
 *
 * @param run the run that it was trained in
 * @param label the class of all examples; each has its own if empty
 * @param listener hears how far the work is
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

  /** The classes of the run, whose generator has to look at them. */
  RunClasses classes() throws IOException {
    return run.classes(generator);
  }
}
