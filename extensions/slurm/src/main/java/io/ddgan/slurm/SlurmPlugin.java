package io.ddgan.slurm;

import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.Contributions;
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
  protected void contribute(Contributions contributions) {
    contributions.add(
        ComponentKind.LAUNCHER, "slurm", "Job arrays of a Slurm cluster", SlurmLauncher.class);
  }
}
