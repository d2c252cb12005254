package org.example.ddgan;

import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.Contributions;
import io.ddgan.plugin.DdganPlugin;

/** Registers the components under the names used in experiments. */
public final class ExamplePlugin extends DdganPlugin {

  /** Called by the service loader. */
  public ExamplePlugin() {
    super(API_VERSION);
  }

  @Override
  public String name() {
    return "example";
  }

  @Override
  protected void contribute(Contributions contributions) {
    contributions.add(ComponentKind.DATA, "shapes", "Synthetic circles and squares", Shapes.class);
    contributions.add(
        ComponentKind.REPRESENTATION,
        "block-cosine",
        "Cosine transform of blocks of pixels (Ahmed et al., 1974)",
        BlockCosine.class);
    contributions.add(
        ComponentKind.SCHEDULE,
        "sigmoid",
        "Sigmoid noise schedule (Jabri et al., 2023)",
        SigmoidSchedule.class);
    contributions.add(
        ComponentKind.OBJECTIVE,
        "latent-recovery",
        "DDGAN with recovery of the latent vectors, as in InfoGAN (Chen et al., 2016)",
        LatentRecoveryObjective.class);
    contributions.add(
        ComponentKind.DISCRIMINATOR,
        "patch",
        "PatchGAN (Isola et al., 2017)",
        PatchDiscriminator.class);
    contributions.add(
        ComponentKind.LOSS,
        "smoothed",
        "Non-saturating, with smoothed labels (Salimans et al., 2016)",
        SmoothedLoss.class);
    contributions.add(
        ComponentKind.LOSS,
        "relativistic-hinge",
        "Relativistic average hinge loss (Jolicoeur-Martineau, 2018)",
        RelativisticHinge.class);
    contributions.add(
        ComponentKind.OPTIMISER,
        "lion",
        "Lion (Chen et al., 2023)",
        Lion.class);
    contributions.add(
        ComponentKind.METRIC,
        "total-variation",
        "Total variation of images, compared with real ones",
        TotalVariation.class);
    contributions.add(
        ComponentKind.LISTENER, "journal", "Training events as JSON lines in the run's folder", Journal.class);
    contributions.add(
        ComponentKind.LAUNCHER,
        "command-list",
        "Writes the trials' commands to a file, for a job array",
        CommandList.class);
  }
}
