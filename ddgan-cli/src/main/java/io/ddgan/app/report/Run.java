package io.ddgan.app.report;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.ddgan.api.Metric.Measure;
import io.ddgan.app.experiment.MeasuredRuns;
import io.ddgan.app.experiment.ValueText;
import io.ddgan.app.experiment.WeightSource;
import io.ddgan.eval.records.MeasuredRun;
import io.ddgan.internal.config.Hocon;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.MetricsCsv;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a run's folder tells.
 *
 * @param name the run's name for people
 * @param source the folder that was named: its own, or that of its sweep
 * @param label a name of its configuration for people, if it has one
 * @param seed its seed
 * @param keys value by full key of its configuration, but for the seed
 * @param configured what its configuration measures
 * @param measured what was measured of it
 * @param curves number by step, by column of its metrics
 * @param cost what it took
 * @param picture its latest picture
 * @param provenance fact by name, of its {@code provenance.json} without configuration and seed
 * @param configuration its {@code experiment.conf}
 */
public record Run(
    String name,
    Path source,
    Optional<String> label,
    String seed,
    Map<String, String> keys,
    List<Measure> configured,
    MeasuredRun measured,
    Map<String, SortedMap<Long, Double>> curves,
    RunCost cost,
    Optional<Path> picture,
    Map<String, String> provenance,
    String configuration) {

  private static final String SEED = "seed";
  private static final String ENVIRONMENTS = "environments";

  /**
   * Reads a run's folder.
   *
   * @param source the folder that was named
   * @param name what the run is called
   * @param label what its configuration is called
   * @param experiment what the run trains
   * @param all the experiment's keys, by their full names
   * @param measured reads what was measured
   * @param trials label by name of the trials of its sweep, whose weights it may have begun with
   * @throws IOException if a file of it cannot be read
   */
  static Run read(
      RunFolder folder,
      Path source,
      String name,
      Optional<String> label,
      Experiment experiment,
      Map<String, String> all,
      MeasuredRuns measured,
      Map<String, String> trials)
      throws IOException {
    Config facts =
        Files.exists(folder.provenance()) ? Hocon.file(folder.provenance()) : ConfigFactory.empty();
    try {
      Map<String, String> keys = new TreeMap<>(all);
      String seed = Optional.ofNullable(keys.remove(SEED)).orElse("");
      addHistory(facts, trials, keys);
      Map<String, String> provenance = new LinkedHashMap<>();
      addFacts("", facts.root().withoutKey(Provenance.CONFIGURATION).withoutKey(SEED), provenance);
      return new Run(
          name,
          source,
          label,
          seed,
          keys,
          experiment.evaluation().measures(),
          measured.of(folder, experiment),
          MetricsCsv.read(folder.metrics()),
          RunCost.of(folder, experiment, facts),
          picture(folder),
          provenance,
          Files.readString(folder.experiment()));
    } catch (ConfigException e) { // a fact is of another kind
      throw Provenance.damaged(folder.provenance(), e);
    }
  }

  /**
   * What makes another run of the same configuration: other weights to begin with, a new length.
   * The weights may have been named by the key or by the option. A trial of the same sweep is named
   * by its label, as each seed has a run of its own.
   */
  private static void addHistory(
      Config facts, Map<String, String> trials, Map<String, String> keys) {
    if (facts.hasPath(Provenance.INITIALISED_FROM)) {
      Config source = facts.getConfig(Provenance.INITIALISED_FROM);
      String run = source.getString("run");
      String checkpoint = "%s@%d".formatted(run, source.getLong("step"));
      String folder = run.substring(Math.max(run.lastIndexOf('/'), run.lastIndexOf('\\')) + 1);
      keys.put(WeightSource.KEY, trials.getOrDefault(folder, checkpoint));
    }
    if (facts.hasPath(Provenance.LENGTHS)) {
      keys.put(Provenance.LENGTHS, ValueText.of(facts.getValue(Provenance.LENGTHS)));
    }
  }

  /** Whether all of its steps are trained. */
  boolean isTrained() {
    return cost.step() >= cost.steps();
  }

  /**
   * Values by full key. The first component of a list has the keys that it would have alone, so
   * that runs with one and with several compare; the second has those of {@code penalty[1]}.
   */
  static Map<String, String> flat(Config config) {
    Map<String, String> keys = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
      String key = entry.getKey();
      if (entry.getValue() instanceof ConfigList list && isOfComponents(list)) {
        for (int i = 0; i < list.size(); i++) {
          String element = i == 0 ? key : "%s[%d]".formatted(key, i);
          flat(((ConfigObject) list.get(i)).toConfig())
              .forEach((inner, value) -> keys.put(element + "." + inner, value));
        }
      } else {
        keys.put(key, ValueText.of(entry.getValue()));
      }
    }
    return keys;
  }

  private static boolean isOfComponents(ConfigList list) {
    return !list.isEmpty() && list.stream().allMatch(ConfigObject.class::isInstance);
  }

  /** Facts by name; one that differs between a run's environments has all its values. */
  private static void addFacts(String name, ConfigValue value, Map<String, String> facts) {
    if (value instanceof ConfigObject object) {
      new TreeMap<>(object)
          .forEach(
              (key, inner) ->
                  addFacts(
                      name.isEmpty() || name.equals(ENVIRONMENTS) ? key : name + " " + key,
                      inner,
                      facts));
    } else if (value instanceof ConfigList list) {
      list.forEach(element -> addFacts(name, element, facts));
    } else {
      facts.merge(name, ValueText.of(value), (a, b) -> a.equals(b) ? a : a + ", " + b);
    }
  }

  private static Optional<Path> picture(RunFolder folder) throws IOException {
    if (!Files.isDirectory(folder.samples())) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder.samples())) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d+\\.png"))
          .max(Path::compareTo);
    }
  }
}
