package io.ddgan.train;

import io.ddgan.api.DataShape;
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

/** The averaged generator of a run's latest checkpoint. Needs the run's folder, not its data. */
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
   * Loads a generator.
   *
   * @param batch examples generated at a time; as in training by default
   * @throws IOException if the run has no checkpoint or it is damaged; the message says what to do
   */
  public static TrainedGenerator load(Setup setup, RunFolder folder, Optional<Integer> batch)
      throws IOException {
    TrainingSettings settings = setup.experiment().training();
    Checkpoint checkpoint = LatestCheckpoint.load(folder);
    DataShape shape = TrainingState.shape(checkpoint);
    List<Evaluation> path = setup.path();
    Game game = setup.game(shape, batch.orElse(settings.batch()));
    ParameterSet weights = ParameterSet.zeros(game.generatorLayout(), DataType.FLOAT);
    TrainingState.restore(TrainingState.AVERAGE, weights, checkpoint);
    return new TrainedGenerator(
        checkpoint.step(), game, weights, new Synthesis(game, path, weights));
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

  @Override
  public void close() {
    synthesis.close();
    weights.close();
  }
}
