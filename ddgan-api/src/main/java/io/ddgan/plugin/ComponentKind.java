package io.ddgan.plugin;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.api.Augmentation;
import io.ddgan.api.Dataset;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Executor;
import io.ddgan.api.FeatureExtractor;
import io.ddgan.api.Generator;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.ListenerFactory;
import io.ddgan.api.Metric;
import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.Objective;
import io.ddgan.api.Optimiser;
import io.ddgan.api.Parameterization;
import io.ddgan.api.ProcessLauncher;
import io.ddgan.api.Representation;
import io.ddgan.api.Sampler;

/** The kinds of components of an experiment or a sweep. */
public enum ComponentKind {
  /** A data set. */
  DATA("data", Dataset.class),
  /** The encoding of the data for the networks. */
  REPRESENTATION("representation", Representation.class),
  /** The noise schedule. */
  SCHEDULE("schedule", NoiseSchedule.class),
  /** The meaning of the generator's output in a denoising step. */
  PARAMETERIZATION("parameterization", Parameterization.class),
  /** The training objective. */
  OBJECTIVE("objective", Objective.class),
  /** The generator network. */
  GENERATOR("generator", Generator.class),
  /** The discriminator network. */
  DISCRIMINATOR("discriminator", Discriminator.class),
  /** The adversarial loss. */
  LOSS("loss", AdversarialLoss.class),
  /** A penalty on the discriminator's gradient. */
  PENALTY("penalty", GradientPenalty.class),
  /** An augmentation of the discriminator's inputs. */
  AUGMENTATION("augmentation", Augmentation.class),
  /** The optimiser. */
  OPTIMISER("optimiser", Optimiser.class),
  /** The engine that executes graphs. */
  EXECUTOR("executor", Executor.class),
  /** The sampler. */
  SAMPLER("sampler", Sampler.class),
  /** A feature extractor for metrics. */
  FEATURES("features", FeatureExtractor.class),
  /** A metric. */
  METRIC("metric", Metric.class),
  /** A training listener. */
  LISTENER("listener", ListenerFactory.class),
  /** A launcher of the trials of a sweep. */
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
