package io.ddgan.train.sampling;

import io.ddgan.api.Objective;
import io.ddgan.api.RefusedException;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.experiment.DataCodec;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.phase.DiscriminatorPlan;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.step.CheckpointNetwork;
import io.ddgan.train.step.TrainingState;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/** The discriminator of a run's checkpoint. */
public final class TrainedDiscriminator implements AutoCloseable {

  private final ModelDefinition model;
  private final DataCodec coding;
  private final ParameterSet weights;
  private final DiscriminatorPlan discriminator;

  private TrainedDiscriminator(
      ModelDefinition model,
      DataCodec coding,
      ParameterSet weights,
      DiscriminatorPlan discriminator) {
    this.model = model;
    this.coding = coding;
    this.weights = weights;
    this.discriminator = discriminator;
  }

  /**
   * Loads it; empty if the checkpoint has none, or none with one logit per denoising step.
   *
   * @param batch number of examples that are computed together
   * @throws IOException if there is no such checkpoint or it is damaged
   */
  public static Optional<TrainedDiscriminator> load(
      Setup setup, RunCheckpoints checkpoints, long step, int batch) throws IOException {
    String part = CheckpointNetwork.DISCRIMINATOR.part();
    Checkpoint checkpoint =
        checkpoints.load(step, all -> all.contains(part) ? Set.of(part, Checkpoint.EMA) : Set.of());
    if (!checkpoint.parts().containsKey(part)) {
      return Optional.empty();
    }
    DataCodec coding = setup.codec(TrainingState.shape(checkpoint));
    ModelDefinition model =
        setup.model(coding.data(), TrainingState.classes(checkpoint)).withBatch(batch);
    ParameterLayout layout = model.used().layouts().get(Objective.DISCRIMINATOR);
    ParameterSet weights = ParameterSet.zeros(layout, DataType.FLOAT);
    try {
      TrainingState.restore(part, weights, checkpoint);
      Optional<TrainedDiscriminator> loaded =
          DiscriminatorPlan.prepare(model, weights)
              .map(
                  discriminator -> new TrainedDiscriminator(model, coding, weights, discriminator));
      if (loaded.isEmpty()) {
        weights.close();
      }
      return loaded;
    } catch (RuntimeException | Error e) {
      weights.close();
      throw e;
    }
  }

  /**
   * Returns the logits of steps from x_{t+1} to x_t, see {@link
   * io.ddgan.api.Model#discriminatorLogits}.
   *
   * @throws RefusedException if there is no such time or class, or the numbers of examples differ
   */
  public float[] logits(int t, float[] xt, float[] xtp1, int label) {
    int steps = model.components().process().steps();
    if (t < 0 || t >= steps) {
      throw new RefusedException("t must be in [0, %d]; got %d".formatted(steps - 1, t));
    }
    int each = coding.data().size();
    if (xt.length != xtp1.length || xt.length % each != 0) {
      throw new RefusedException(
          "x_t and x_{t+1} must have the same number of examples of %d values; got %d and %d values"
              .formatted(each, xt.length, xtp1.length));
    }
    if (model.classes() > 0 && (label < 0 || label >= model.classes())) {
      throw new RefusedException(
          "there is no class %d; choose from 0 to %d".formatted(label, model.classes() - 1));
    }
    float[] to = coding.encode(xt);
    float[] from = coding.encode(xtp1);
    int size = model.shape().size();
    int count = to.length / size;
    float[] logits = new float[count];
    for (int first = 0; first < count; first += model.batch()) {
      int now = Math.min(model.batch(), count - first);
      float[] batchLogits =
          discriminator.logits(
              t, batch(to, first, now, size), batch(from, first, now, size), label);
      System.arraycopy(batchLogits, 0, logits, first, now);
    }
    return logits;
  }

  /** Copies consecutive examples into a batch, padded with zeros. */
  private float[] batch(float[] examples, int first, int count, int size) {
    float[] batch = new float[model.batch() * size];
    System.arraycopy(examples, first * size, batch, 0, count * size);
    return batch;
  }

  @Override
  public void close() {
    discriminator.close();
    weights.close();
  }
}
