package io.ddgan.networks;

import static io.ddgan.plugin.ComponentKind.DISCRIMINATOR;
import static io.ddgan.plugin.ComponentKind.GENERATOR;

import io.ddgan.plugin.Contributions;
import io.ddgan.plugin.DdganPlugin;

/** Contributes the generators and the discriminators. */
public final class NetworksPlugin extends DdganPlugin {

  public NetworksPlugin() {
    super(API_VERSION);
  }

  @Override
  public String name() {
    return "ddgan-networks";
  }

  @Override
  protected void contribute(Contributions contributions) {
    contributions.add(
        GENERATOR, "ncsnpp", "NCSN++ U-Net with adaptive group norm, for images", Ncsnpp.class);
    contributions.add(GENERATOR, "mlp", "Fully connected layers, for points", MlpGenerator.class);
    contributions.add(
        DISCRIMINATOR,
        "small",
        "Residual network with three downsampling blocks, for small images",
        SmallDiscriminator.class);
    contributions.add(
        DISCRIMINATOR,
        "large",
        "Residual network with six downsampling blocks, for large images",
        LargeDiscriminator.class);
    contributions.add(
        DISCRIMINATOR, "mlp", "Fully connected layers, for points", MlpDiscriminator.class);
  }
}
