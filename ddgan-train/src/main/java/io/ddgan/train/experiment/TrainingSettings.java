package io.ddgan.train.experiment;

import io.ddgan.api.Objective;
import io.ddgan.api.Optimiser;
import io.ddgan.api.Ramp;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the training.
 *
 * @param microBatches equal parts of a batch, whose gradients are averaged in a fixed order, by one
 *     process or several; equal to whole batches up to rounding, unless a network compares examples
 *     of a batch
 */
public record TrainingSettings(
    @Key(value = "batch size of a training step, over all processes", min = 1) int batchSize,
    @Key(
            value =
                "micro-batches that a batch is split into; saves memory, and several processes can share them",
            min = 1)
        int microBatches,
    @Key(value = "training steps; 0 only evaluates the initial weights", min = 0) long steps,
    @Key(
            value = "learning rate of the generator; a single number decays along a cosine",
            min = 0,
            max = 1)
        Ramp learningRateGenerator,
    @Key(value = "learning rate of the other networks, likewise", min = 0, max = 1)
        Ramp learningRateDiscriminator,
    @Key(value = "final learning rate of the cosine decay", min = 0, max = 1)
        double learningRateEnd,
    @Key("optimiser of all networks") Optimiser optimiser,
    @Key(value = "maximum norm of a network's gradient; longer ones are scaled down", min = 1e-30)
        Optional<Ramp> gradientClip,
    @Key(value = "decay of the EMA of the generator's weights", min = 0, max = 0.9999999)
        Ramp emaDecay,
    @Key(value = "half-life of the EMA in examples; replaces ema-decay", min = 1e-3)
        Optional<Ramp> emaHalfLife,
    @Key("whether to start with a small decay of the EMA that grows") boolean emaWarmUp,
    @Key("frozen parameters: names such as generator.hidden0.*, where * matches anything")
        List<String> freeze,
    @Key(value = "training steps between rows of metrics", min = 1) int logEvery,
    @Key(value = "training steps between sample grids; 0 for none", min = 0) int sampleEvery,
    @Key(value = "number of examples in a sample grid", min = 1) int sampleCount,
    @Key(value = "training steps between checkpoints", min = 1) int checkpointEvery,
    @Key(value = "number of latest checkpoints to keep", min = 1) int keepCheckpoints) {

  /** Key of the number of training steps, which can be raised for a run. */
  public static final String STEPS = "training.steps";

  /** Checks combinations of keys. */
  public TrainingSettings {
    freeze = List.copyOf(freeze);
    if (batchSize % microBatches != 0) {
      throw new RefusedException(
          "batch-size = %d is not divisible by micro-batches = %d"
              .formatted(batchSize, microBatches));
    }
  }

  /** Returns the learning rate of a network in a step, counted from 0. */
  public double learningRate(String network, long step) {
    Ramp rate =
        network.equals(Objective.GENERATOR) ? learningRateGenerator : learningRateDiscriminator;
    return at(decaying(rate), step);
  }

  /** Returns the schedule of a configured learning rate: a constant becomes a cosine decay. */
  Ramp decaying(Ramp rate) {
    boolean isNumber = rate.shape() == Ramp.Shape.CONSTANT;
    return isNumber ? Ramp.cosine(rate.from(), learningRateEnd) : rate;
  }

  /**
   * Returns the decay of the EMA in a step. With warm-up it grows from 0.1, to forget the first
   * weights soon.
   *
   * @param updates number of updates of the EMA so far
   * @param every steps between updates
   */
  public double emaDecay(long step, long updates, int every) {
    double examples = (double) batchSize * every;
    double decay =
        emaHalfLife
            .map(halfLife -> Math.pow(0.5, examples / at(halfLife, step)))
            .orElseGet(() -> at(emaDecay, step));
    return emaWarmUp ? Math.min(decay, (1.0 + updates) / (10.0 + updates)) : decay;
  }

  /** Returns the value of a ramp in a step, counted from 0. */
  public double at(Ramp ramp, long step) {
    return ramp.at(step, steps);
  }
}
