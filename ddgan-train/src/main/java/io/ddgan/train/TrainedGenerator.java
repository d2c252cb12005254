package io.ddgan.train;

import io.ddgan.api.DataShape;
import io.ddgan.api.Fingerprint;
import io.ddgan.api.Sampler.Evaluation;
import io.ddgan.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.step.Game;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/** A generator out of a run's checkpoint. Needs the run's folder, not its data. */
public final class TrainedGenerator implements AutoCloseable {

  private final long step;
  private final Game game;
  private final ParameterSet weights;
  private final Synthesis synthesis;

  private TrainedGenerator(long step, Game game, ParameterSet weights, Synthesis synthesis) {
    this.step = step;
    this.game = game;
    this.weights = weights;
    this.synthesis = synthesis;
  }

  /**
   * Loads the averaged generator of the latest checkpoint.
   *
   * @param batch examples generated at a time; as in training by default
   * @throws IOException if the run has no checkpoint or it is damaged; the message says what to do
   */
  public static TrainedGenerator load(Setup setup, RunFolder folder, Optional<Integer> batch)
      throws IOException {
    RunCheckpoints checkpoints = RunCheckpoints.of(folder);
    return load(setup, checkpoints.load(checkpoints.latest()), Network.AVERAGE, batch);
  }

  /**
   * Loads a generator.
   *
   * @param which the average or the generator as it was trained
   * @param batch examples generated at a time; as in training by default
   * @throws IllegalArgumentException if the checkpoint does not fit the networks; the message says
   *     why
   */
  public static TrainedGenerator load(
      Setup setup, Checkpoint checkpoint, Network which, Optional<Integer> batch) {
    DataShape shape = TrainingState.shape(checkpoint);
    List<Evaluation> path = setup.path();
    Game game = setup.game(shape, batch.orElse(setup.experiment().training().batch()));
    ParameterSet weights = ParameterSet.zeros(game.generatorLayout(), DataType.FLOAT);
    try {
      TrainingState.restore(which.part(), weights, checkpoint);
      return new TrainedGenerator(
          checkpoint.step(), game, weights, new Synthesis(game, path, weights));
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  /** Training steps behind the weights. */
  public long step() {
    return step;
  }

  /** Shape of one example. */
  public DataShape shape() {
    return game.shape();
  }

  /** Evaluations of the generator that an example takes. */
  public int evaluations() {
    return synthesis.path().size();
  }

  /** Figures of the first samples of a seed. */
  public Figures figures(RandomStreams random) {
    return new Figures(game, synthesis, random);
  }

  /** Generates the first examples of a seed, {@code [count, ...shape]}. */
  public float[] sample(RandomStreams random, int count) {
    return synthesis.sample(random, 0, count);
  }

  /** The samples of a seed, for an evaluation. */
  public DrawnExamples drawn(RandomStreams random) {
    Fingerprint generator =
        new Fingerprint()
            .add(game.generator().toString())
            .add(game.reverse().toString())
            .add(Boolean.toString(game.hasLatent()));
    weights
        .layout()
        .entries()
        .forEach(entry -> generator.add(entry.name()).add(weights.values(entry.name())));
    return new DrawnExamples(synthesis, random, generator.hex());
  }

  @Override
  public void close() {
    synthesis.close();
    weights.close();
  }
}
