package io.ddgan.train;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.api.Dataset;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Generator;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.ReverseStep;
import io.ddgan.api.Sampler;
import io.ddgan.config.Key;
import io.ddgan.train.evaluation.EvaluationSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that determines a run.
 *
 * @param seed seed of every random draw
 * @param data what is learnt
 * @param schedule how much noise each diffusion step adds
 * @param reverse what the generator's output means
 * @param generator the network that denoises
 * @param latent what the generator's latent vectors are
 * @param objective what the generator is trained for
 * @param discriminator the network that tells real denoising steps from generated ones
 * @param discriminatorSees what the discriminator is given besides x_t
 * @param loss the game between the two networks
 * @param penalty what keeps the discriminator smooth
 * @param reconstructionWeight weight of the mean absolute difference between real examples and
 *     those that the generator's output implies, in the adversarial generator's loss
 * @param training how the networks are trained
 * @param sampler the way from noise to examples
 * @param evaluation what is measured of the generator
 */
public record Experiment(
    @Key("seed of every random draw") long seed,
    @Key("what is learnt") Dataset data,
    @Key("how much noise each diffusion step adds") NoiseSchedule schedule,
    @Key("what the generator's output means") ReverseStep reverse,
    @Key("the network that denoises") Generator generator,
    @Key("what the generator's latent vectors are") Latent latent,
    @Key("what the generator is trained for") Objective objective,
    @Key("the network that tells real denoising steps from generated ones")
        Optional<Discriminator> discriminator,
    @Key("what the discriminator is given besides x_t") DiscriminatorSees discriminatorSees,
    @Key("the game between the two networks") Optional<AdversarialLoss> loss,
    @Key("what keeps the discriminator smooth") Optional<GradientPenalty> penalty,
    @Key(value = "weight of the distance between real and estimated x_0", min = 0)
        double reconstructionWeight,
    @Key("how the networks are trained") TrainingSettings training,
    @Key("the way from noise to examples") Sampler sampler,
    @Key("what is measured of the generator") EvaluationSettings evaluation) {

  /** What the generator's latent vectors are. */
  public enum Latent {
    /** Standard normal. */
    NORMAL,
    /** Zero: a step is then a single Gaussian, a function of x_{t+1} and t. */
    NONE
  }

  /** What the generator is trained for. */
  public enum Objective {
    /** To deceive a discriminator. */
    ADVERSARIAL,
    /** To tell the noise in x_{t+1}, by least squares, as in DDPM; a discriminator is not used. */
    DENOISING
  }

  /**
   * What the discriminator is given besides x_t.
   *
   * @param noisier x_{t+1}
   * @param time the time t
   */
  public record DiscriminatorSees(
      @Key("whether it sees x_{t+1}") boolean noisier,
      @Key("whether it sees the time") boolean time) {}

  /** Checks what the single keys cannot say. */
  public Experiment {
    if (objective == Objective.DENOISING && reconstructionWeight > 0) {
      throw new IllegalArgumentException(
          "a denoiser has no reconstruction term; set reconstruction-weight = 0");
    }
    if (objective == Objective.ADVERSARIAL) {
      List<String> missing = new ArrayList<>();
      requirePresent("discriminator", discriminator, missing);
      requirePresent("loss", loss, missing);
      requirePresent("penalty", penalty, missing);
      if (!missing.isEmpty()) {
        throw new IllegalArgumentException(
            "an adversarial objective needs %s { type = ... }, see: ddgan list"
                .formatted(String.join(" { type = ... } and ", missing)));
      }
    }
  }

  private static void requirePresent(String key, Optional<?> part, List<String> missing) {
    if (part.isEmpty()) {
      missing.add(key);
    }
  }
}
