package io.ddgan.train;

import io.ddgan.contract.PluginContract;
import io.ddgan.plugin.DdganPlugin;

class TrainPluginTest extends PluginContract {

  @Override
  protected Class<? extends DdganPlugin> plugin() {
    return TrainPlugin.class;
  }
}
