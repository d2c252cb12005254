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

/** A discriminator out of a run's checkpoint. */
public final class TrainedDiscriminator implements AutoCloseable {

  private final ModelDefinition model;
  private final DataCodec coding;
  private final ParameterSet weights;
  private final DiscriminatorPlan judging;

  private TrainedDiscriminator(
      ModelDefinition model, DataCodec coding, ParameterSet weights, DiscriminatorPlan judging) {
    this.model = model;
    this.coding = coding;
    this.weights = weights;
    this.judging = judging;
  }

  /**
   * Loads it; empty if the checkpoint has none, or the objective has none that is asked about
   * steps.
   *
   * @param batch examples judged at a time
   * @throws IOException if there is no such checkpoint or it is damaged; the message says what to
   *     do
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
              .map(judging -> new TrainedDiscriminator(model, coding, weights, judging));
      if (loaded.isEmpty()) {
        weights.close();
      }
      return loaded;
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  /**
   * What it says of steps from x_{t+1} to x_t, see {@link io.ddgan.api.Model#discriminatorLogits}.
   *
   * @throws RefusedException if there is no such time or class, or the examples are not as many
   */
  public float[] logits(int t, float[] xt, float[] xtp1, int label) {
    int steps = model.components().process().steps();
    if (t < 0 || t >= steps) {
      throw new RefusedException(
          "there is no step to a time %d, only to those from 0 to %d".formatted(t, steps - 1));
    }
    int each = coding.data().size();
    if (xt.length != xtp1.length || xt.length % each != 0) {
      throw new RefusedException(
          "steps have examples of %d numbers at both ends, and not %d and %d numbers in all"
              .formatted(each, xt.length, xtp1.length));
    }
    if (model.classes() > 0 && (label < 0 || label >= model.classes())) {
      throw new RefusedException(
          "there is no class %d, only those from 0 to %d".formatted(label, model.classes() - 1));
    }
    float[] to = coding.encode(xt);
    float[] from = coding.encode(xtp1);
    int size = model.shape().size();
    int count = to.length / size;
    float[] logits = new float[count];
    for (int first = 0; first < count; first += model.batch()) {
      int now = Math.min(model.batch(), count - first);
      float[] judged =
          judging.logits(t, batch(to, first, now, size), batch(from, first, now, size), label);
      System.arraycopy(judged, 0, logits, first, now);
    }
    return logits;
  }

  /** Some of the examples; what is missing to a full batch is left at zero. */
  private float[] batch(float[] examples, int first, int count, int size) {
    float[] batch = new float[model.batch() * size];
    System.arraycopy(examples, first * size, batch, 0, count * size);
    return batch;
  }

  @Override
  public void close() {
    judging.close();
    weights.close();
  }
}
