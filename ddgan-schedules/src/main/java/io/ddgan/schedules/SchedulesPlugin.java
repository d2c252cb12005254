package io.ddgan.schedules;

import static io.ddgan.plugin.ComponentKind.PARAMETERIZATION;
import static io.ddgan.plugin.ComponentKind.SAMPLER;
import static io.ddgan.plugin.ComponentKind.SCHEDULE;

import io.ddgan.plugin.Components;
import io.ddgan.plugin.DdganPlugin;

/** Contributes the noise schedules, the reverse steps and the samplers. */
public final class SchedulesPlugin extends DdganPlugin {

  public SchedulesPlugin() {
    super(API);
  }

  @Override
  public String name() {
    return "ddgan-schedules";
  }

  @Override
  protected void components(Components components) {
    components.add(
        SCHEDULE,
        "vp",
        "Variance-preserving SDE (Song et al., 2021), cut into steps",
        VariancePreserving.class);
    components.add(
        SCHEDULE, "geometric", "Noise variance that grows geometrically", Geometric.class);
    components.add(
        SCHEDULE, "cosine", "Signal along a cosine (Nichol and Dhariwal, 2021)", Cosine.class);
    components.add(
        SCHEDULE, "linear", "Step variances that grow linearly (Ho et al., 2020)", Linear.class);
    components.add(
        PARAMETERIZATION,
        "posterior",
        "Generator gives x_0, the step draws from its posterior",
        PosteriorStep.class);
    components.add(PARAMETERIZATION, "direct", "Generator gives x_t itself", DirectStep.class);
    components.add(
        PARAMETERIZATION,
        "noise",
        "Generator gives the noise, the step draws from the posterior of x_0",
        NoiseStep.class);
    components.add(
        PARAMETERIZATION,
        "velocity",
        "Generator gives the velocity (Salimans and Ho, 2022), the step draws from the posterior of x_0",
        VelocityStep.class);
    components.add(
        SAMPLER, "chain", "Each step of the schedule once, from pure noise", ChainSampler.class);
    components.add(
        SAMPLER,
        "ddim",
        "Some steps of the schedule (Song, Meng and Ermon, 2021)",
        DdimSampler.class);
    components.add(
        SAMPLER,
        "predictor-corrector",
        "Each step once, and Langevin steps before it (Song et al., 2021)",
        PredictorCorrectorSampler.class);
  }
}
