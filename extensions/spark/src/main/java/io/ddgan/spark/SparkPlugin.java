package io.ddgan.spark;

import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.Contributions;
import io.ddgan.plugin.DdganPlugin;

/** Contributes the launcher for Spark. */
public final class SparkPlugin extends DdganPlugin {

  /** Called by the service loader. */
  public SparkPlugin() {
    super(API_VERSION);
  }

  @Override
  public String name() {
    return "ddgan-spark";
  }

  @Override
  protected void contribute(Contributions contributions) {
    contributions.add(
        ComponentKind.LAUNCHER, "spark", "Tasks of a Spark cluster", SparkLauncher.class);
  }
}
