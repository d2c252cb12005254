package io.ddgan.onednn;

import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.Components;
import io.ddgan.plugin.DdganPlugin;

/** Contributes the executors that compute with oneDNN 3. */
public final class OnednnPlugin extends DdganPlugin {

  /** Found by its name in {@code META-INF/services}. */
  public OnednnPlugin() {
    super(API);
  }

  @Override
  public String name() {
    return "ddgan-onednn";
  }

  @Override
  protected void components(Components components) {
    components.add(
        ComponentKind.EXECUTOR, "auto", "oneDNN where it can be had, else ND4J", Auto.class);
    components.add(
        ComponentKind.EXECUTOR, "onednn", "oneDNN 3 and vectors, on a CPU", Onednn.class);
  }
}
