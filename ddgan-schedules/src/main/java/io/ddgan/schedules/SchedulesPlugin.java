package io.ddgan.schedules;

import static io.ddgan.plugin.ComponentKind.PARAMETERIZATION;
import static io.ddgan.plugin.ComponentKind.SAMPLER;
import static io.ddgan.plugin.ComponentKind.SCHEDULE;

import io.ddgan.plugin.Contributions;
import io.ddgan.plugin.DdganPlugin;

/** Contributes the noise schedules, the parameterizations and the samplers. */
public final class SchedulesPlugin extends DdganPlugin {

  public SchedulesPlugin() {
    super(API_VERSION);
  }

  @Override
  public String name() {
    return "ddgan-schedules";
  }

  @Override
  protected void contribute(Contributions contributions) {
    contributions.add(
        SCHEDULE,
        "vp",
        "Discretised variance-preserving SDE (Song et al., 2021)",
        VpSchedule.class);
    contributions.add(
        SCHEDULE, "geometric", "Geometrically growing noise variance", GeometricSchedule.class);
    contributions.add(
        SCHEDULE, "cosine", "Cosine schedule (Nichol and Dhariwal, 2021)", CosineSchedule.class);
    contributions.add(
        SCHEDULE,
        "linear",
        "Linearly growing step variances (Ho et al., 2020)",
        LinearSchedule.class);
    contributions.add(
        PARAMETERIZATION,
        "x0",
        "The generator predicts x_0; x_t is drawn from its posterior",
        X0Parameterization.class);
    contributions.add(
        PARAMETERIZATION, "xt", "The generator predicts x_t directly", XtParameterization.class);
    contributions.add(
        PARAMETERIZATION,
        "epsilon",
        "The generator predicts the noise; x_t is drawn from the posterior of x_0",
        EpsilonParameterization.class);
    contributions.add(
        PARAMETERIZATION,
        "v",
        "The generator predicts v (Salimans and Ho, 2022); x_t is drawn from the posterior of x_0",
        VParameterization.class);
    contributions.add(
        SAMPLER,
        "ancestral",
        "One evaluation per denoising step, from pure noise",
        AncestralSampler.class);
    contributions.add(
        SAMPLER,
        "ddim",
        "DDIM with a subset of the steps (Song, Meng and Ermon, 2021)",
        DdimSampler.class);
    contributions.add(
        SAMPLER,
        "predictor-corrector",
        "Ancestral steps with Langevin corrections (Song et al., 2021)",
        PredictorCorrectorSampler.class);
  }
}
