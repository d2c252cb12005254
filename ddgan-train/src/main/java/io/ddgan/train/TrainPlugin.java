package io.ddgan.train;

import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.Components;
import io.ddgan.plugin.DdganPlugin;
import io.ddgan.train.data.FashionMnist;
import io.ddgan.train.data.Gaussians25;

/** The data sets. */
public final class TrainPlugin extends DdganPlugin {

  @Override
  public String name() {
    return "ddgan-train";
  }

  @Override
  protected void components(Components components) {
    components.add(
        ComponentKind.DATA,
        "fashion-mnist",
        "70,000 grey images of garments (Xiao et al., 2017), padded",
        FashionMnist.class);
    components.add(
        ComponentKind.DATA,
        "gaussians-25",
        "points around a 5x5 grid of Gaussians",
        Gaussians25.class);
  }
}
