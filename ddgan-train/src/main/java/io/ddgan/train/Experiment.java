package io.ddgan.train;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.api.Dataset;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Generator;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Metric;
import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.ReverseStep;
import io.ddgan.config.Key;
import java.util.List;

/**
 * Everything that determines a run.
 *
 * @param seed seed of every random draw
 * @param data what is learnt
 * @param schedule how much noise each diffusion step adds
 * @param reverse what the generator's output means
 * @param generator the network that denoises
 * @param discriminator the network that tells real denoising steps from generated ones
 * @param loss the game between the two networks
 * @param penalty what keeps the discriminator smooth
 * @param training how the networks are trained
 * @param metrics what is measured when training has ended
 */
public record Experiment(
    @Key("seed of every random draw") long seed,
    @Key("what is learnt") Dataset data,
    @Key("how much noise each diffusion step adds") NoiseSchedule schedule,
    @Key("what the generator's output means") ReverseStep reverse,
    @Key("the network that denoises") Generator generator,
    @Key("the network that tells real denoising steps from generated ones")
        Discriminator discriminator,
    @Key("the game between the two networks") AdversarialLoss loss,
    @Key("what keeps the discriminator smooth") GradientPenalty penalty,
    @Key("how the networks are trained") TrainingSettings training,
    @Key("what is measured when training has ended") List<Metric> metrics) {

  public Experiment {
    metrics = List.copyOf(metrics);
  }
}
