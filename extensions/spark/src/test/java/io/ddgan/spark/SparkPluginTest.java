package io.ddgan.spark;

import io.ddgan.contract.PluginContract;
import io.ddgan.plugin.DdganPlugin;

class SparkPluginTest extends PluginContract {

  @Override
  protected Class<? extends DdganPlugin> plugin() {
    return SparkPlugin.class;
  }
}
