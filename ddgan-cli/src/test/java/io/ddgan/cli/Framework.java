package io.ddgan.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.internal.plugin.Plugins;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import java.util.List;
import java.util.Optional;

/** Parts of the framework for tests without commands. */
public final class Framework implements AutoCloseable {

  private final Plugins plugins = Plugins.load(Optional.empty());
  private final Injector injector = Guice.createInjector(plugins);

  public Experiment experiment(String presetOrFile, List<String> overrides) {
    return experiments().read(presetOrFile, overrides);
  }

  public Setup setup(Experiment experiment) {
    return experiments().setup(experiment);
  }

  public Experiments experiments() {
    return injector.getInstance(Experiments.class);
  }

  @Override
  public void close() {
    plugins.close();
  }
}
