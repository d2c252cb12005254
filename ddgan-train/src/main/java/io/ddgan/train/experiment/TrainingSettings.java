package io.ddgan.train.experiment;

import io.ddgan.api.Objective;
import io.ddgan.api.Optimiser;
import io.ddgan.api.Ramp;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;
import java.util.List;
import java.util.Optional;

/**
 * How the networks are trained.
 *
 * @param microBatches equal parts of a batch, whose gradients are averaged in a fixed order, worked
 *     through one after the other or by several processes: equal to whole batches up to rounding,
 *     except where a network compares the examples of a batch
 */
public record TrainingSettings(
    @Key(value = "examples in a step", min = 1) int batchSize,
    @Key(
            value =
                "equal parts that a batch is worked through in: saves memory, and several processes can share them",
            min = 1)
        int microBatches,
    @Key(value = "steps of the whole training; 0 measures the weights that it begins with", min = 0)
        long steps,
    @Key(
            value = "the generator's learning rate; one number decays along a cosine",
            min = 0,
            max = 1)
        Ramp learningRateGenerator,
    @Key(value = "the other networks' learning rate, likewise", min = 0, max = 1)
        Ramp learningRateDiscriminator,
    @Key(value = "where learning rates given as one number end", min = 0, max = 1)
        double learningRateEnd,
    @Key("what turns gradients into weights") Optimiser optimiser,
    @Key(value = "longest gradient of a network; longer ones are shortened to it", min = 1e-30)
        Optional<Ramp> gradientClip,
    @Key(value = "decay of the running mean of the generator's weights", min = 0, max = 0.9999999)
        Ramp ema,
    @Key(value = "examples after which weights count half in it, in place of a decay", min = 1e-3)
        Optional<Ramp> emaHalfLife,
    @Key("whether the decay starts small and grows") boolean emaWarmUp,
    @Key("parameters that stay as they begin: names such as generator.hidden0.*, * for anything")
        List<String> freeze,
    @Key(value = "steps between two rows of metrics", min = 1) int logEvery,
    @Key(value = "steps between two sample grids, 0 for none", min = 0) int sampleEvery,
    @Key(value = "examples in a sample grid", min = 1) int sampleCount,
    @Key(value = "steps between two checkpoints", min = 1) int checkpointEvery,
    @Key(value = "how many of the latest checkpoints are kept", min = 1) int keepCheckpoints) {

  /** The key of the steps of the whole training, which a run may be given more of. */
  public static final String STEPS = "training.steps";

  /** Checks what the single keys cannot say. */
  public TrainingSettings {
    freeze = List.copyOf(freeze);
    if (batchSize % microBatches != 0) {
      throw new RefusedException(
          "batch-size = %d is not divisible by micro-batches = %d"
              .formatted(batchSize, microBatches));
    }
  }

  /** The learning rate of a network in a step, counted from 0. */
  public double learningRate(String network, long step) {
    Ramp rate =
        network.equals(Objective.GENERATOR) ? learningRateGenerator : learningRateDiscriminator;
    return at(decaying(rate), step);
  }

  /** What a learning rate does that is configured so: a number decays. */
  Ramp decaying(Ramp rate) {
    boolean isNumber = rate.shape() == Ramp.Shape.CONSTANT;
    return isNumber ? Ramp.cosine(rate.from(), learningRateEnd) : rate;
  }

  /**
   * The decay of the running mean of weights in a step. Where it warms up it grows from 0.1, so
   * that the first weights are soon forgotten.
   *
   * @param updates number of updates of the mean before
   * @param every steps from one update to the next
   */
  public double emaDecay(long step, long updates, int every) {
    double examples = (double) batchSize * every;
    double decay =
        emaHalfLife
            .map(halfLife -> Math.pow(0.5, examples / at(halfLife, step)))
            .orElseGet(() -> at(ema, step));
    return emaWarmUp ? Math.min(decay, (1.0 + updates) / (10.0 + updates)) : decay;
  }

  /** The value of a ramp in a step, counted from 0. */
  public double at(Ramp ramp, long step) {
    return ramp.at(step, steps);
  }
}
