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
        VpSchedule.class);
    components.add(
        SCHEDULE, "geometric", "Noise variance that grows geometrically", GeometricSchedule.class);
    components.add(
        SCHEDULE,
        "cosine",
        "Signal along a cosine (Nichol and Dhariwal, 2021)",
        CosineSchedule.class);
    components.add(
        SCHEDULE,
        "linear",
        "Step variances that grow linearly (Ho et al., 2020)",
        LinearSchedule.class);
    components.add(
        PARAMETERIZATION,
        "x0",
        "The generator predicts x_0; x_t is drawn from its posterior",
        X0Parameterization.class);
    components.add(
        PARAMETERIZATION, "xt", "The generator outputs x_t itself", XtParameterization.class);
    components.add(
        PARAMETERIZATION,
        "epsilon",
        "The generator predicts the noise; x_t is drawn from the posterior of x_0",
        EpsilonParameterization.class);
    components.add(
        PARAMETERIZATION,
        "v",
        "The generator predicts v (Salimans and Ho, 2022); x_t is drawn from the posterior of x_0",
        VParameterization.class);
    components.add(
        SAMPLER,
        "ancestral",
        "One evaluation per denoising step, from pure noise",
        AncestralSampler.class);
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
