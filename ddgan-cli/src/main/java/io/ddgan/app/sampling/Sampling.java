package io.ddgan.app.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.api.WorkListener;
import io.ddgan.app.experiment.TrainedRun;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.experiment.LeastMemory;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.picture.Pictures;
import io.ddgan.train.run.RunClasses;
import io.ddgan.train.sampling.TrainedGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
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
    WorkListener listener) {

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

  void requireRoom(long examples) {
    long most = LeastMemory.mostGenerated(shape(), Runtime.getRuntime().maxMemory());
    if (examples > most) {
      throw new RefusedException(
          "%,d examples do not fit into memory; at most %,d can be generated at once"
              .formatted(examples, most));
    }
  }

  /** Pictures out of files become squares. */
  DataShape requireSquare() {
    DataShape shape = shape();
    if (!shape.isImage() || !Pictures.canShow(shape) || shape.height() != shape.width()) {
      throw new RefusedException(
          "a picture cannot be made an example of the shape %s; name a run of square images"
              .formatted(shape));
    }
    return shape;
  }

  static void requirePicture(Path target) {
    if (!target.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new RefusedException(
          "a figure is one picture, whose name ends in .png, unlike %s".formatted(target));
    }
  }
}
