package io.ddgan.plugin;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.api.Augmentation;
import io.ddgan.api.Dataset;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Executor;
import io.ddgan.api.FeatureExtractor;
import io.ddgan.api.Generator;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Listener;
import io.ddgan.api.Metric;
import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.Objective;
import io.ddgan.api.Optimiser;
import io.ddgan.api.Representation;
import io.ddgan.api.ReverseStep;
import io.ddgan.api.Sampler;
import io.ddgan.api.TrialLauncher;

/** The places in an experiment, or in a sweep, that a component can be plugged into. */
public enum ComponentKind {
  DATA("data", Dataset.class),
  REPRESENTATION("representation", Representation.class),
  SCHEDULE("schedule", NoiseSchedule.class),
  REVERSE("reverse", ReverseStep.class),
  OBJECTIVE("objective", Objective.class),
  GENERATOR("generator", Generator.class),
  DISCRIMINATOR("discriminator", Discriminator.class),
  LOSS("loss", AdversarialLoss.class),
  PENALTY("penalty", GradientPenalty.class),
  AUGMENTATION("augmentation", Augmentation.class),
  OPTIMISER("optimiser", Optimiser.class),
  EXECUTOR("executor", Executor.class),
  SAMPLER("sampler", Sampler.class),
  FEATURES("features", FeatureExtractor.class),
  METRIC("metric", Metric.class),
  LISTENER("listener", Listener.class),
  LAUNCHER("launcher", TrialLauncher.class);

  private final String key;
  private final Class<?> contract;

  ComponentKind(String key, Class<?> contract) {
    this.key = key;
    this.contract = contract;
  }

  /** The kind's name in configurations and on the command line. */
  public String key() {
    return key;
  }

  /** The interface that components of this kind implement. */
  public Class<?> contract() {
    return contract;
  }
}
