package io.ddgan.cli;

import io.ddgan.app.process.LocalLauncher;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.Components;
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
  protected void components(Components components) {
    components.add(
        ComponentKind.LAUNCHER,
        "local",
        "Processes on this machine; they end with the sweep",
        LocalLauncher.class);
  }
}
