package io.ddgan.eval;

import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.Components;
import io.ddgan.plugin.DdganPlugin;

/** Contributes the metrics. */
public final class EvalPlugin extends DdganPlugin {

  @Override
  public String name() {
    return "ddgan-eval";
  }

  @Override
  protected void components(Components components) {
    components.add(
        ComponentKind.METRIC,
        "mode-coverage",
        "Modes covered, and share of samples close to one, of a known mixture",
        ModeCoverage.class);
  }
}
