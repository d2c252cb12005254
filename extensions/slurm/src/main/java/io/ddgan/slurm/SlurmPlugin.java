package io.ddgan.slurm;

import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.Components;
import io.ddgan.plugin.DdganPlugin;

/** Contributes the launcher for Slurm. */
public final class SlurmPlugin extends DdganPlugin {

  /** Called by the service loader. */
  public SlurmPlugin() {
    super(API_VERSION);
  }

  @Override
  public String name() {
    return "ddgan-slurm";
  }

  @Override
  protected void components(Components components) {
    components.add(
        ComponentKind.LAUNCHER, "slurm", "Job arrays of a Slurm cluster", SlurmLauncher.class);
  }
}
