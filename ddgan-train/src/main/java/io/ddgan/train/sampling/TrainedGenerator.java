package io.ddgan.train.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.Fingerprint;
import io.ddgan.api.Sampler.Evaluation;
import io.ddgan.api.WorkListener;
import io.ddgan.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.experiment.Coding;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.step.StoredNetwork;
import io.ddgan.train.step.TrainingState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/** A generator out of a run's checkpoint. Needs the run's folder, not its data. */
public final class TrainedGenerator implements AutoCloseable {

  private final long step;
  private final ModelDefinition model;
  private final ParameterSet weights;
  private final Synthesis synthesis;

  private TrainedGenerator(
      long step, ModelDefinition model, ParameterSet weights, Synthesis synthesis) {
    this.step = step;
    this.model = model;
    this.weights = weights;
    this.synthesis = synthesis;
  }

  /**
   * Loads the averaged generator of the latest checkpoint.
   *
   * @param batch examples generated at a time; as in training by default
   * @param label the class of all examples; drawn for each if empty
   * @throws IOException if the run has no checkpoint or it is damaged; the message says what to do
   */
  public static TrainedGenerator load(
      Setup setup, RunFolder folder, Optional<Integer> batch, Optional<Integer> label)
      throws IOException {
    RunCheckpoints checkpoints = RunCheckpoints.of(folder);
    return load(setup, checkpoints.load(checkpoints.latest()), StoredNetwork.AVERAGE, batch, label);
  }

  /**
   * Loads a generator.
   *
   * @param which the average or the generator as it was trained
   * @param batch examples generated at a time; as in training by default
   * @param label the class of all examples; drawn for each if empty
   * @throws IllegalArgumentException if the checkpoint does not fit the networks, or there is no
   *     such class; the message says why
   */
  public static TrainedGenerator load(
      Setup setup,
      Checkpoint checkpoint,
      StoredNetwork which,
      Optional<Integer> batch,
      Optional<Integer> label) {
    Coding coding = setup.coding(TrainingState.shape(checkpoint));
    List<Evaluation> path = setup.path();
    ModelDefinition trained = setup.model(coding.data(), TrainingState.classes(checkpoint));
    ModelDefinition model = batch.map(trained::withBatch).orElse(trained);
    ParameterSet weights = ParameterSet.zeros(model.generatorLayout(), DataType.FLOAT);
    try {
      TrainingState.restore(which.part(), weights, checkpoint);
      return new TrainedGenerator(
          checkpoint.step(), model, weights, new Synthesis(model, coding, path, weights, label));
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  /** Training steps done. */
  public long step() {
    return step;
  }

  /** Shape of one example. */
  public DataShape shape() {
    return synthesis.shape();
  }

  /** Evaluations of the generator that an example takes. */
  public int evaluations() {
    return synthesis.path().size();
  }

  /**
   * Figures of the first samples of a seed.
   *
   * @param listener hears of the network evaluations that they take
   */
  public Figures figures(RandomStreams random, WorkListener listener) {
    return new Figures(model, synthesis, random, listener);
  }

  /** Generates the first examples of a seed, {@code [count, ...shape]}. */
  public float[] sample(RandomStreams random, int count) {
    return synthesis.sample(random, 0, count);
  }

  /** Generates the first examples of a seed, and tells how far that is. */
  public float[] sample(RandomStreams random, int count, WorkListener listener) {
    return synthesis.sample(random, 0, count, listener);
  }

  /** The samples of a seed, for an evaluation. */
  public DrawnExamples drawn(RandomStreams random) {
    Fingerprint generator =
        new Fingerprint()
            .add(model.parts().generator().toString())
            .add(model.parts().reverse().toString())
            .add(model.objective().toString())
            .add(synthesis.coding().toString())
            .add(synthesis.label().toString());
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
