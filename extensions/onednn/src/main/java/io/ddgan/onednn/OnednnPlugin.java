package io.ddgan.onednn;

import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.Contributions;
import io.ddgan.plugin.DdganPlugin;

/** Provides the executors that compute with oneDNN 3. */
public final class OnednnPlugin extends DdganPlugin {

  /** Creates the plug-in, for {@code META-INF/services}. */
  public OnednnPlugin() {
    super(API_VERSION);
  }

  @Override
  public String name() {
    return "ddgan-onednn";
  }

  @Override
  protected void contribute(Contributions contributions) {
    contributions.add(
        ComponentKind.EXECUTOR, "auto", "oneDNN where available, otherwise ND4J", Auto.class);
    contributions.add(
        ComponentKind.EXECUTOR, "onednn", "oneDNN 3 and Java's vectors on the CPU", Onednn.class);
  }
}
