package io.ddgan.networks;

import io.ddgan.contract.PluginContract;
import io.ddgan.plugin.DdganPlugin;

class NetworksPluginTest extends PluginContract {

  @Override
  protected Class<? extends DdganPlugin> plugin() {
    return NetworksPlugin.class;
  }
}
