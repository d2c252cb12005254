package io.ddgan.losses;

import static io.ddgan.plugin.ComponentKind.AUGMENTATION;
import static io.ddgan.plugin.ComponentKind.LOSS;
import static io.ddgan.plugin.ComponentKind.OBJECTIVE;
import static io.ddgan.plugin.ComponentKind.PENALTY;

import io.ddgan.losses.augmentation.Blitting;
import io.ddgan.losses.augmentation.Color;
import io.ddgan.losses.augmentation.Cutout;
import io.ddgan.losses.augmentation.Flip;
import io.ddgan.losses.augmentation.Noise;
import io.ddgan.losses.augmentation.Rotation;
import io.ddgan.losses.augmentation.Translation;
import io.ddgan.plugin.Contributions;
import io.ddgan.plugin.DdganPlugin;

/**
 * Contributes the objectives, the adversarial losses, the gradient penalties and the augmentations.
 */
public final class LossesPlugin extends DdganPlugin {

  public LossesPlugin() {
    super(API_VERSION);
  }

  @Override
  public String name() {
    return "ddgan-losses";
  }

  @Override
  protected void contribute(Contributions contributions) {
    contributions.add(
        OBJECTIVE, "ddgan", "Denoising diffusion GAN (Xiao et al., 2022)", DdganObjective.class);
    contributions.add(
        OBJECTIVE,
        "denoising",
        "Denoising diffusion by least squares, without a discriminator (Ho et al., 2020)",
        DenoisingObjective.class);
    contributions.add(
        OBJECTIVE,
        "diffusion-gan",
        "One-shot GAN with adaptive diffusion of the discriminator inputs (Wang et al., 2023)",
        DiffusionGanObjective.class);
    contributions.add(
        OBJECTIVE,
        "one-shot",
        "Generates x_0 from pure noise in one step; diffusion augments the data",
        OneShotObjective.class);
    contributions.add(
        OBJECTIVE,
        "semi-implicit",
        "Matches marginals of x_t adversarially, tied to x_t+1 by the forward process (Xu et al., 2023)",
        SemiImplicitObjective.class);
    contributions.add(
        OBJECTIVE,
        "unbalanced-transport",
        "Denoising steps as unbalanced optimal transport, robust to outliers (Dao et al., 2024)",
        UnbalancedTransportObjective.class);
    contributions.add(
        LOSS,
        "non-saturating",
        "Softplus losses of Goodfellow et al. (2014)",
        NonSaturatingLoss.class);
    contributions.add(LOSS, "hinge", "Hinge losses of Lim and Ye (2017)", HingeLoss.class);
    contributions.add(
        LOSS, "least-squares", "Least-squares losses of Mao et al. (2017)", LeastSquaresLoss.class);
    contributions.add(
        LOSS,
        "relativistic",
        "Compares real with generated logits (Jolicoeur-Martineau, 2018; Huang et al., 2024)",
        RelativisticLoss.class);
    contributions.add(
        LOSS,
        "wasserstein",
        "Wasserstein losses of Arjovsky et al. (2017); needs a penalty",
        WassersteinLoss.class);
    contributions.add(
        PENALTY,
        "r1",
        "R1: squared gradient norm on real examples (Mescheder et al., 2018)",
        R1Penalty.class);
    contributions.add(
        PENALTY,
        "wgan-gp",
        "Gradient of norm 1 between real and generated examples (Gulrajani et al., 2017)",
        WganPenalty.class);
    contributions.add(PENALTY, "none", "No gradient penalty", NoPenalty.class);
    contributions.add(
        AUGMENTATION,
        "color",
        "Changes brightness, saturation and contrast of images (Zhao et al., 2020)",
        Color.class);
    contributions.add(
        AUGMENTATION, "translation", "Translates images (Zhao et al., 2020)", Translation.class);
    contributions.add(
        AUGMENTATION, "cutout", "Masks a rectangle of images (Zhao et al., 2020)", Cutout.class);
    contributions.add(AUGMENTATION, "flip", "Flips images horizontally", Flip.class);
    contributions.add(
        AUGMENTATION,
        "blitting",
        "Flips, rotates and translates images (Karras et al., 2020)",
        Blitting.class);
    contributions.add(
        AUGMENTATION, "noise", "Adds Gaussian noise to examples of any shape", Noise.class);
    contributions.add(AUGMENTATION, "rotation", "Rotates points in the plane", Rotation.class);
  }
}
