package org.example.ddgan;

import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.Components;
import io.ddgan.plugin.DdganPlugin;

/** Gives each component the name that experiments know it by. */
public final class ExamplePlugin extends DdganPlugin {

  /** For the service loader. */
  public ExamplePlugin() {
    super(API);
  }

  @Override
  public String name() {
    return "example";
  }

  @Override
  protected void components(Components components) {
    components.add(ComponentKind.DATA, "shapes", "Drawn circles and squares", Shapes.class);
    components.add(
        ComponentKind.REPRESENTATION,
        "block-cosine",
        "Cosine transform of blocks of pixels (Ahmed et al., 1974)",
        BlockCosine.class);
    components.add(
        ComponentKind.SCHEDULE,
        "sigmoid",
        "Signal along a sigmoid (Jabri et al., 2023)",
        SigmoidSchedule.class);
    components.add(
        ComponentKind.OBJECTIVE,
        "latent-recovery",
        "Latent vectors that can be told from examples (Chen et al., 2016)",
        LatentRecoveryObjective.class);
    components.add(
        ComponentKind.DISCRIMINATOR,
        "patch",
        "Mean judgement of patches (Isola et al., 2017)",
        PatchDiscriminator.class);
    components.add(
        ComponentKind.LOSS,
        "smoothed",
        "Non-saturating, with smoothed labels (Salimans et al., 2016)",
        SmoothedLoss.class);
    components.add(
        ComponentKind.LOSS,
        "relativistic-hinge",
        "Real examples beside generated ones (Jolicoeur-Martineau, 2018)",
        RelativisticHinge.class);
    components.add(
        ComponentKind.OPTIMISER,
        "lion",
        "Signs of gradient and momentum (Chen et al., 2023)",
        Lion.class);
    components.add(
        ComponentKind.METRIC,
        "total-variation",
        "How much neighbouring pixels differ, beside real images",
        TotalVariation.class);
    components.add(
        ComponentKind.LISTENER, "journal", "Lines of JSON in the run's folder", Journal.class);
    components.add(
        ComponentKind.LAUNCHER,
        "command-list",
        "Writes the trials' commands into a file, for a job array",
        CommandList.class);
  }
}
