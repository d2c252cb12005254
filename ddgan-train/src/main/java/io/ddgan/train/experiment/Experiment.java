package io.ddgan.train.experiment;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.api.Augmentation;
import io.ddgan.api.Dataset;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Executor;
import io.ddgan.api.Generator;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Listener;
import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.Objective;
import io.ddgan.api.Parameterization;
import io.ddgan.api.Representation;
import io.ddgan.api.Sampler;
import io.ddgan.config.Key;
import java.util.List;
import java.util.Optional;

/** Everything that determines a run. */
public record Experiment(
    @Key("seed of every random draw") long seed,
    @Key("what is learnt") Dataset data,
    @Key("what the networks see in place of the data") Representation representation,
    @Key("how much noise each diffusion step adds") NoiseSchedule schedule,
    @Key("what the generator's output means") Parameterization parameterization,
    @Key("what the networks are trained for") Objective objective,
    @Key("the network that denoises") Generator generator,
    @Key("the network that tells real denoising steps from generated ones")
        Optional<Discriminator> discriminator,
    @Key("the game between the two networks") Optional<AdversarialLoss> loss,
    @Key("what keeps the discriminator smooth: a penalty, or a list") List<GradientPenalty> penalty,
    @Key("what is done to examples before the discriminator sees them: one thing, or a list")
        List<Augmentation> augmentation,
    @Key("how the networks are trained") TrainingSettings training,
    @Key("which library computes") Executor executor,
    @Key("the way from noise to examples") Sampler sampler,
    @Key("what is measured of the generator") EvaluationSettings evaluation,
    @Key("who hears of the training") List<Listener> listeners,
    @Key("run with whose weights this one begins: RUN, RUN@STEP or RUN@best")
        Optional<String> initFrom) {

  public Experiment {
    listeners = List.copyOf(listeners);
  }
}
