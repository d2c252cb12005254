package io.ddgan.networks;

import static io.ddgan.plugin.ComponentKind.DISCRIMINATOR;
import static io.ddgan.plugin.ComponentKind.GENERATOR;

import io.ddgan.plugin.Components;
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
  protected void components(Components components) {
    components.add(
        GENERATOR, "ncsnpp", "NCSN++ U-Net with adaptive group norm, for images", Ncsnpp.class);
    components.add(GENERATOR, "mlp", "Fully connected layers, for points", MlpGenerator.class);
    components.add(
        DISCRIMINATOR,
        "small",
        "Residual network with three downsampling blocks, for small images",
        SmallDiscriminator.class);
    components.add(
        DISCRIMINATOR,
        "large",
        "Residual network with six downsampling blocks, for large images",
        LargeDiscriminator.class);
    components.add(
        DISCRIMINATOR, "mlp", "Fully connected layers, for points", MlpDiscriminator.class);
  }
}
