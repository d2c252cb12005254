package io.ddgan.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.typesafe.config.Config;
import io.ddgan.api.Dataset;
import io.ddgan.api.Metric;
import io.ddgan.cli.library.Library;
import io.ddgan.config.Binder;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Hocon;
import io.ddgan.config.HoconRenderer;
import io.ddgan.config.Key;
import io.ddgan.config.Problem;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.ComponentRegistry;
import io.ddgan.plugin.ComponentType;
import io.ddgan.plugin.LeftOut;
import io.ddgan.plugin.PluginOrigin;
import io.ddgan.plugin.Plugins;
import io.ddgan.train.Experiment;
import io.ddgan.train.Setup;
import io.ddgan.train.evaluation.EvaluationSettings;
import io.ddgan.train.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The framework put together: plug-ins found, and everything that needs them injected. */
final class Assembly implements AutoCloseable {

  private static final String COMMAND_LINE = "command line";

  private final Plugins plugins;
  private final Injector injector;

  private Assembly(Plugins plugins) {
    this.plugins = plugins;
    this.injector = Guice.createInjector(plugins);
  }

  /**
   * Finds the plug-ins.
   *
   * @param folder folder of plug-ins, besides the class path
   */
  static Assembly open(Optional<Path> folder) {
    return new Assembly(Plugins.load(folder));
  }

  /** The plug-ins that cannot be used. */
  List<LeftOut> leftOut() {
    return plugins.leftOut();
  }

  /** Where the plug-ins were loaded from. */
  List<PluginOrigin> pluginOrigins() {
    return plugins.origins();
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
        Hocon.layer(
            Hocon.overrides(overrides), Library.presets().ownOrFile(presetOrFile, Path.of("")));
    Config defaults = get(ComponentRegistry.class).experimentDefaults();
    return get(Binder.class).bind(Experiment.class, Hocon.layer(config, defaults));
  }

  /**
   * Reads the experiment of a run whose training is behind it.
   *
   * @param overrides {@code key=value}
   * @param changeable the keys that can still be changed, with those within them
   * @throws ConfigurationException if anything in it is wrong
   */
  Experiment trained(RunFolder folder, List<String> overrides, Set<String> changeable) {
    requireWithin(changeable, overrides, "the run is trained already");
    return experiment(folder.experiment().toString(), overrides);
  }

  /**
   * Checks that overrides change nothing but some keys and those within them.
   *
   * @param reason why not
   * @throws ConfigurationException if any does; it names them all
   */
  void requireWithin(Set<String> changeable, List<String> overrides, String reason) {
    Pattern within = Pattern.compile("^(" + String.join("|", changeable) + ")\\b");
    List<Problem> problems =
        overrides.stream()
            .filter(override -> !within.matcher(override).find())
            .map(
                override ->
                    new Problem(
                        COMMAND_LINE,
                        override,
                        "%s; only %s can be overridden"
                            .formatted(reason, String.join(" and ", changeable))))
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** What is measured of examples that no run has made. */
  EvaluationSettings evaluation(List<String> overrides) {
    Config config =
        Hocon.layer(Hocon.overrides(overrides), get(ComponentRegistry.class).experimentDefaults());
    return get(Binder.class).bind(Measured.class, config.withOnlyPath("evaluation")).evaluation();
  }

  private record Measured(@Key("what is measured") EvaluationSettings evaluation) {}

  /** A component's type. */
  String typeOf(Object component) {
    return component instanceof Record record
        ? get(ComponentRegistry.class).typeOf(record).map(ComponentType::name).orElse("")
        : "";
  }

  /** A component on one line: its type and its keys. */
  String rendered(Object component) {
    return get(HoconRenderer.class)
        .renderValue(component)
        .lines()
        .map(String::strip)
        .filter(line -> line.contains(" = "))
        .map(line -> line.replace(" = ", "="))
        .collect(Collectors.joining(" "));
  }

  /** A metric on one line, without its number of samples, of which another one may be taken. */
  String renderedMetric(Metric metric) {
    return rendered(metric).replaceAll(" samples=\\S+", "");
  }

  /** Whether there is a data set of this type. */
  boolean isData(String type) {
    return get(ComponentRegistry.class).find(ComponentKind.DATA, type).isPresent();
  }

  /**
   * A data set on its own.
   *
   * @param overrides {@code data.key=value}
   */
  Dataset data(String type, List<String> overrides) {
    List<String> all = new ArrayList<>(List.of("data.type=" + type));
    all.addAll(overrides);
    return get(Binder.class).bind(Data.class, Hocon.overrides(all)).data();
  }

  private record Data(@Key("the data set") Dataset data) {}

  /** An experiment with its parts put together. */
  Setup setup(Experiment experiment) {
    return injector.createChildInjector(new ExperimentModule(experiment)).getInstance(Setup.class);
  }

  @Override
  public void close() {
    plugins.close();
  }
}
