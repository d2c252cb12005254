package io.ddgan.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.typesafe.config.Config;
import io.ddgan.config.Binder;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Hocon;
import io.ddgan.config.Problem;
import io.ddgan.plugin.ComponentRegistry;
import io.ddgan.plugin.Plugins;
import io.ddgan.train.Experiment;
import io.ddgan.train.Setup;
import io.ddgan.train.run.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The framework put together: plug-ins found, and everything that needs them injected. */
final class Assembly implements AutoCloseable {

  /** Keys that mean something after training. */
  private static final Pattern AFTERWARDS = Pattern.compile("^(sampler|metrics)\\b");

  private final Plugins plugins;
  private final Injector injector;

  private Assembly(Plugins plugins) {
    this.plugins = plugins;
    this.injector = Guice.createInjector(plugins);
  }

  /**
   * Finds the plug-ins.
   *
   * @param folder folder of plug-in jars, besides the class path
   */
  static Assembly open(Optional<Path> folder) {
    return new Assembly(Plugins.load(folder));
  }

  /** An object of the framework. */
  <T> T get(Class<T> type) {
    return injector.getInstance(type);
  }

  /**
   * Reads an experiment.
   *
   * @param presetOrFile name of a preset, or a file
   * @param overrides {@code key=value}, stronger than the file
   * @throws ConfigurationException if anything in it is wrong
   */
  Experiment experiment(String presetOrFile, List<String> overrides) {
    Config config =
        Hocon.layer(Hocon.overrides(overrides), get(Presets.class).presetOrFile(presetOrFile));
    Config defaults = get(ComponentRegistry.class).experimentDefaults();
    return get(Binder.class).bind(Experiment.class, Hocon.layer(config, defaults));
  }

  /**
   * Reads the experiment of a run whose training is behind it.
   *
   * @param overrides {@code key=value} of what can still be changed: the sampler and the metrics
   * @throws ConfigurationException if anything in it is wrong
   */
  Experiment trained(RunFolder folder, List<String> overrides) {
    List<Problem> problems =
        overrides.stream()
            .filter(override -> !AFTERWARDS.matcher(override).find())
            .map(
                override ->
                    new Problem(
                        "command line",
                        override,
                        "the run is trained already; only sampler and metrics can be overridden"))
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return experiment(folder.experiment().toString(), overrides);
  }

  /** An experiment with its parts put together. */
  Setup setup(Experiment experiment) {
    return injector.createChildInjector(new ExperimentModule(experiment)).getInstance(Setup.class);
  }

  @Override
  public void close() {
    plugins.close();
  }
}
