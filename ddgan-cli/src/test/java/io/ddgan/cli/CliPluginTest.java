package io.ddgan.cli;

import io.ddgan.contract.PluginContract;
import io.ddgan.plugin.DdganPlugin;

class CliPluginTest extends PluginContract {

  @Override
  protected Class<? extends DdganPlugin> plugin() {
    return CliPlugin.class;
  }
}
