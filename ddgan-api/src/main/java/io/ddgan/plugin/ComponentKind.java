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
import io.ddgan.api.Parameterization;
import io.ddgan.api.ProcessLauncher;
import io.ddgan.api.Representation;
import io.ddgan.api.Sampler;

/** The places in an experiment, or in a sweep, that a component can be plugged into. */
public enum ComponentKind {
  /** Where examples come from. */
  DATA("data", Dataset.class),
  /** What the data look like to the networks. */
  REPRESENTATION("representation", Representation.class),
  /** How much noise each denoising step adds. */
  SCHEDULE("schedule", NoiseSchedule.class),
  /** What a denoising step makes of the output of the generator. */
  PARAMETERIZATION("parameterization", Parameterization.class),
  /** What a training step optimises. */
  OBJECTIVE("objective", Objective.class),
  /** What takes noise away. */
  GENERATOR("generator", Generator.class),
  /** What tells real denoising steps from generated ones. */
  DISCRIMINATOR("discriminator", Discriminator.class),
  /** What logits cost. */
  LOSS("loss", AdversarialLoss.class),
  /** What the gradient of a discriminator costs. */
  PENALTY("penalty", GradientPenalty.class),
  /** What is done to examples before a discriminator sees them. */
  AUGMENTATION("augmentation", Augmentation.class),
  /** How weights follow gradients. */
  OPTIMISER("optimiser", Optimiser.class),
  /** What computes plans. */
  EXECUTOR("executor", Executor.class),
  /** The way from noise to an example. */
  SAMPLER("sampler", Sampler.class),
  /** What examples are compared by. */
  FEATURES("features", FeatureExtractor.class),
  /** What is measured of a generator. */
  METRIC("metric", Metric.class),
  /** Who hears of a training. */
  LISTENER("listener", Listener.class),
  /** Where the trials of a sweep run. */
  LAUNCHER("launcher", ProcessLauncher.class);

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
