package io.ddgan.cli;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.train.Setup;
import io.ddgan.train.TrainingSettings;
import io.ddgan.train.step.Game;
import java.util.Optional;

/** What would be trained, in a line. */
final class Outline {

  private final Setup setup;
  private final DataShape shape;
  private final Optional<Examples> data;

  private Outline(Setup setup, DataShape shape, Optional<Examples> data) {
    this.setup = setup;
    this.shape = shape;
    this.data = data;
  }

  /** A training on opened data. */
  static Outline of(Setup setup, Examples data) {
    return new Outline(setup, data.shape(), Optional.of(data));
  }

  /** A training on data that are not there, but whose shape is known. */
  static Outline of(Setup setup, DataShape shape) {
    return new Outline(setup, shape, Optional.empty());
  }

  /**
   * The line, without its end.
   *
   * @throws IllegalArgumentException if networks, data and sampler do not fit each other
   */
  String text() {
    TrainingSettings training = setup.experiment().training();
    Game game = setup.game(shape, training.batch());
    setup.path();
    return "%sexamples of %s%s; generator %,d parameters, %s; %,d steps of %d"
        .formatted(
            data.map(d -> "%,d ".formatted(d.size())).orElse(""),
            shape,
            data.flatMap(Examples::labels)
                .map(l -> " in %,d classes".formatted(l.classes()))
                .orElse(""),
            game.generatorLayout().size(),
            game.discriminatorLayout()
                .map(d -> "discriminator %,d".formatted(d.size()))
                .orElse("a denoiser, without a discriminator"),
            training.iterations(),
            training.batch());
  }
}
