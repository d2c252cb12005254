package io.ddgan.cli.experiment;

import io.ddgan.graph.TangentRule;
import io.ddgan.schedules.GaussianDiffusion;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import jakarta.inject.Inject;
import java.util.Map;

/** Puts the parts of experiments together. */
public final class Setups {

  private final Map<String, TangentRule> tangentRules;

  @Inject
  public Setups(Map<String, TangentRule> tangentRules) {
    this.tangentRules = tangentRules;
  }

  /** An experiment with its parts put together. */
  public Setup of(Experiment experiment) {
    return new Setup(experiment, new GaussianDiffusion(experiment.schedule()), tangentRules);
  }
}
