package io.ddgan.cli;

import io.ddgan.api.DataShape;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.Setup;
import io.ddgan.train.Synthesis;
import io.ddgan.train.TrainingState;
import io.ddgan.train.TrainingStep;
import io.ddgan.train.data.Batches;
import io.ddgan.train.data.InMemoryExamples;
import io.ddgan.train.data.Readers;
import io.ddgan.train.step.Game;
import io.ddgan.train.step.Gaussian;
import io.ddgan.train.step.StepDraw;
import io.ddgan.train.step.StepDraws;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;

/** The steps of a training on noise, with batches of a size of one's own. */
final class Rehearsal implements AutoCloseable {

  private static final double MILLISECONDS = 1e3;

  /** Seconds for which short steps are timed: they become faster while Java compiles the code. */
  private static final double ENOUGH = 2;

  /** Seconds from which on a step is not repeated. */
  private static final double LONG = 8;

  /** Weights that learn from the same noise for long get out of hand. */
  private static final int MOST = 200;

  /** A penalty that is ever applied is applied to this step. */
  private static final long PENALISED = 0;

  /** A penalty that is not always applied is not applied to this one. */
  private static final long PLAIN = 1;

  private final Game game;
  private final TrainingState state;
  private final RandomStreams random = new RandomStreams(0);
  private final TrainingStep step;
  private final Synthesis synthesis;

  /** Prepares the plans of an experiment for a state, which the steps change. */
  Rehearsal(Setup setup, DataShape shape, int batch, TrainingState state) {
    this.state = state;
    this.game = setup.game(shape, batch);
    this.step = new TrainingStep(game, setup.experiment().training(), state);
    this.synthesis = new Synthesis(game, setup.path().subList(0, 1), state.average());
  }

  /** Bytes of native memory of what has been prepared, without the state. */
  long bytes() {
    return step.bytes() + synthesis.bytes();
  }

  /** Does the steps. The first one touches the memory first, and counts only if it is long. */
  Cost measure() throws IOException {
    StepDraw draw = draw();
    List<Double> plain = new ArrayList<>();
    List<Double> penalised = new ArrayList<>();
    double first = time(() -> step.run(PENALISED, draw));
    if (first > LONG) {
      penalised.add(first);
    }
    double spent = 0;
    while (spent < ENOUGH && plain.size() < MOST) {
      plain.add(time(() -> step.run(PLAIN, draw)));
      spent += plain.get(plain.size() - 1);
      if (first <= LONG) {
        penalised.add(time(() -> step.run(PENALISED, draw)));
        spent += penalised.get(penalised.size() - 1);
      }
    }
    List<Double> evaluations = new ArrayList<>();
    for (spent = 0; spent < ENOUGH / 4; spent += evaluations.get(evaluations.size() - 1)) {
      evaluations.add(time(() -> synthesis.sample(random, 0, game.batch())));
    }
    return new Cost(
        game.batch(),
        settled(plain),
        settled(penalised),
        settled(evaluations),
        (double) (Pointer.physicalBytes() - state.bytes() - bytes()));
  }

  private static double settled(List<Double> times) {
    return Stopwatch.median(times.subList(times.size() / 2, times.size()));
  }

  private static double time(Runnable task) {
    return Stopwatch.milliseconds(task) / MILLISECONDS;
  }

  private StepDraw draw() throws IOException {
    float[] noise = Gaussian.draw(random.stream("examples"), game.batch() * game.shape().size());
    InMemoryExamples examples = new InMemoryExamples(game.shape(), noise, Optional.empty());
    try (Readers readers =
        Readers.start()) { // bound to one core by now, which is enough for a draw
      Batches batches = new Batches(examples, readers, random, game.batch());
      return new StepDraws(batches, random, game).draw(0);
    }
  }

  @Override
  public void close() {
    synthesis.close();
    step.close();
  }
}
