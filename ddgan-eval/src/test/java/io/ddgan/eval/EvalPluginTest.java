package io.ddgan.eval;

import io.ddgan.contract.PluginContract;
import io.ddgan.plugin.DdganPlugin;

class EvalPluginTest extends PluginContract {

  @Override
  protected Class<? extends DdganPlugin> plugin() {
    return EvalPlugin.class;
  }
}
