package io.ddgan.app.experiment;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.RefusedException;
import io.ddgan.api.TangentRule;
import io.ddgan.config.ConfigurationException;
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

  /**
   * An experiment with its parts put together.
   *
   * @throws ConfigurationException if they do not suit each other
   */
  public Setup of(Experiment experiment) {
    return new Setup(experiment, process(experiment.schedule()), tangentRules);
  }

  private static DiffusionProcess process(NoiseSchedule schedule) {
    try {
      return new GaussianDiffusion(schedule);
    } catch (RefusedException e) {
      throw ConfigurationException.of("schedule", e);
    }
  }
}
