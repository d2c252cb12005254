package io.ddgan.train.experiment;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.api.Augmentation;
import io.ddgan.api.Dataset;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Executor;
import io.ddgan.api.Generator;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.ListenerFactory;
import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.Objective;
import io.ddgan.api.Parameterization;
import io.ddgan.api.Representation;
import io.ddgan.api.Sampler;
import io.ddgan.config.Key;
import java.util.List;
import java.util.Optional;

/** The configuration of a run. It determines all results. */
public record Experiment(
    @Key("seed of all random draws") long seed,
    @Key("data set") Dataset data,
    @Key("representation of the data that the networks see") Representation representation,
    @Key("noise schedule of the diffusion process") NoiseSchedule schedule,
    @Key("quantity that the generator predicts") Parameterization parameterization,
    @Key("training objective") Objective objective,
    @Key("generator network") Generator generator,
    @Key("discriminator network, for objectives with an adversarial loss")
        Optional<Discriminator> discriminator,
    @Key("adversarial loss") Optional<AdversarialLoss> loss,
    @Key("gradient penalty of the discriminator, or a list of them") List<GradientPenalty> penalty,
    @Key("augmentation of the discriminator's inputs, or a list of them")
        List<Augmentation> augmentation,
    @Key("training settings") TrainingSettings training,
    @Key("library that runs the computations") Executor executor,
    @Key("sampler: the steps from noise to examples") Sampler sampler,
    @Key("evaluation settings") EvaluationSettings evaluation,
    @Key("training listeners") List<ListenerFactory> listeners,
    @Key("run that provides the initial weights: RUN, RUN@STEP or RUN@best")
        Optional<String> initFrom) {

  public Experiment {
    listeners = List.copyOf(listeners);
  }
}
