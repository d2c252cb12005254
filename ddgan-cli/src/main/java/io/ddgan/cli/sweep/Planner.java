package io.ddgan.cli.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.ddgan.cli.library.Library;
import io.ddgan.cli.sweep.SweepFile.Block;
import io.ddgan.config.Binder;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Hocon;
import io.ddgan.config.HoconRenderer;
import io.ddgan.config.Problem;
import io.ddgan.plugin.ComponentRegistry;
import io.ddgan.train.Experiment;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes trials of a sweep's file. */
public final class Planner {

  private static final String METRICS = "evaluation.metrics";

  private final Binder binder;
  private final HoconRenderer renderer;
  private final ComponentRegistry registry;

  @Inject
  Planner(Binder binder, HoconRenderer renderer, ComponentRegistry registry) {
    this.binder = binder;
    this.renderer = renderer;
    this.registry = registry;
  }

  /**
   * All trials of a sweep, resolved, without those that are excluded and those that are the same as
   * an earlier one.
   *
   * @param file the file's configuration
   * @param folder the folder from which the names of the experiments' files go out
   * @throws ConfigurationException if the file or any trial is wrong; it names all that is
   */
  public List<Trial> trials(Config file, Path folder) {
    SweepFile sweep = binder.bind(SweepFile.class, SweepFile.complete(file));
    Map<String, Trial> trials = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Block block : sweep.blocks()) {
      Config base = base(sweep, block, folder);
      for (Variation variation : Variations.of(block)) {
        Config config = Hocon.layer(variation.config(), base);
        if (sweep.exclude().stream().noneMatch(rule -> matches(rule, config))) {
          for (long seed : sweep.seeds()) {
            try {
              Trial trial = trial(variation, config, seed);
              trials.putIfAbsent(trial.name(), trial);
            } catch (ConfigurationException e) {
              e.problems().stream().filter(p -> !problems.contains(p)).forEach(problems::add);
            }
          }
        }
      }
    }
    if (problems.isEmpty() && trials.isEmpty()) {
      problems.add(new Problem("the sweep", "exclude", "no trial is left; exclude less"));
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return List.copyOf(trials.values());
  }

  private Config base(SweepFile sweep, Block block, Path folder) {
    String name =
        block
            .base()
            .or(sweep::base)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        List.of(
                            new Problem(
                                "the sweep",
                                "base",
                                "missing; name the preset or file that is varied"))));
    Config base = Library.presets().ownOrFile(name, folder);
    base = Hocon.layer(base, registry.experimentDefaults());
    if (sweep.metrics().isPresent()) {
      base = base.withValue(METRICS, metrics(sweep.metrics().get()));
    }
    base = Hocon.layer(sweep.overrides().toConfig(), base);
    return Hocon.layer(
        block.overrides().map(ConfigObject::toConfig).orElse(ConfigFactory.empty()), base);
  }

  private static ConfigValue metrics(List<ConfigValue> metrics) {
    return ConfigValueFactory.fromIterable(
        metrics.stream()
            .map(
                metric ->
                    metric.valueType() == ConfigValueType.STRING
                        ? ConfigValueFactory.fromMap(
                            Map.of("type", metric.unwrapped()), Hocon.place(metric))
                        : metric)
            .toList());
  }

  private Trial trial(Variation variation, Config config, long seed) {
    Config seeded =
        config.withValue("seed", ConfigValueFactory.fromAnyRef(seed, "the sweep's seeds"));
    Experiment experiment = binder.bind(Experiment.class, seeded);
    return Trial.of(variation, experiment, renderer.render(experiment));
  }

  private static boolean matches(ConfigObject rule, Config config) {
    return Keys.of(rule, object -> false).entrySet().stream()
        .allMatch(
            entry ->
                Optional.of(entry.getKey())
                    .filter(config::hasPath)
                    .map(config::getValue)
                    .filter(value -> same(value.unwrapped(), entry.getValue().unwrapped()))
                    .isPresent());
  }

  private static boolean same(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return x.doubleValue() == y.doubleValue();
    }
    return a.equals(b);
  }
}
