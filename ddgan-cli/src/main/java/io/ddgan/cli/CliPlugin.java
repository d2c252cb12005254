package io.ddgan.cli;

import io.ddgan.app.process.LocalLauncher;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.Contributions;
import io.ddgan.plugin.DdganPlugin;

/** Contributes the default launcher. */
public final class CliPlugin extends DdganPlugin {

  public CliPlugin() {
    super(API_VERSION);
  }

  @Override
  public String name() {
    return "ddgan-cli";
  }

  @Override
  protected void contribute(Contributions contributions) {
    contributions.add(
        ComponentKind.LAUNCHER,
        "local",
        "Processes on this machine; they end with the sweep",
        LocalLauncher.class);
  }
}
