package io.ddgan.schedules;

import io.ddgan.contract.PluginContract;
import io.ddgan.plugin.DdganPlugin;

class SchedulesPluginTest extends PluginContract {

  @Override
  protected Class<? extends DdganPlugin> plugin() {
    return SchedulesPlugin.class;
  }
}
