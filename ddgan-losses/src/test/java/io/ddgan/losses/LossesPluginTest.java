package io.ddgan.losses;

import io.ddgan.contract.PluginContract;
import io.ddgan.plugin.DdganPlugin;

class LossesPluginTest extends PluginContract {

  @Override
  protected Class<? extends DdganPlugin> plugin() {
    return LossesPlugin.class;
  }
}
