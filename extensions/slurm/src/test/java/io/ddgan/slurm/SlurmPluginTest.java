package io.ddgan.slurm;

import io.ddgan.contract.PluginContract;
import io.ddgan.plugin.DdganPlugin;

class SlurmPluginTest extends PluginContract {

  @Override
  protected Class<? extends DdganPlugin> plugin() {
    return SlurmPlugin.class;
  }
}
