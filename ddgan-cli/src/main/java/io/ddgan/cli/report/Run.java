package io.ddgan.cli.report;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.ddgan.api.Metric.Measure;
import io.ddgan.cli.sweep.ValueText;
import io.ddgan.config.Hocon;
import io.ddgan.train.run.MetricsCsv;
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
 * @param label a name of its configuration for people, if it has one
 * @param seed its seed
 * @param keys value by full key of its configuration, but for the seed
 * @param measures what is measured of it
 * @param values what was measured last, by name of the measure
 * @param step the step after which that was
 * @param curves number by step, by column of its metrics
 * @param picture its latest picture
 * @param provenance fact by name, of its {@code provenance.json} without configuration and seed
 */
public record Run(
    String name,
    Optional<String> label,
    String seed,
    Map<String, String> keys,
    List<Measure> measures,
    Map<String, Double> values,
    long step,
    Map<String, SortedMap<Long, Double>> curves,
    Optional<Path> picture,
    Map<String, String> provenance) {

  private static final String SEED = "seed";
  private static final String CONFIGURATION = "configuration";
  private static final String ENVIRONMENTS = "environments";

  /**
   * Reads a folder.
   *
   * @param measures what the run's configuration measures
   * @throws IOException if a file of it cannot be read
   */
  public static Run read(
      RunFolder folder, String name, Optional<String> label, List<Measure> measures)
      throws IOException {
    folder.requireRun();
    Map<String, String> keys = flat(Hocon.file(folder.experiment()));
    String seed = Optional.ofNullable(keys.remove(SEED)).orElse("");
    Map<String, SortedMap<Long, Double>> curves = MetricsCsv.read(folder.metrics());
    Map<String, Double> values = new LinkedHashMap<>();
    long step = 0;
    for (Measure measure : measures) {
      if (curves.containsKey(measure.name())) {
        SortedMap<Long, Double> curve = curves.get(measure.name());
        values.put(measure.name(), curve.get(curve.lastKey()));
        step = Math.max(step, curve.lastKey());
      }
    }
    Map<String, String> provenance = new LinkedHashMap<>();
    if (Files.exists(folder.provenance())) {
      ConfigObject facts = Hocon.file(folder.provenance()).root();
      addFacts("", facts.withoutKey(CONFIGURATION).withoutKey(SEED), provenance);
    }
    return new Run(
        name, label, seed, keys, measures, values, step, curves, picture(folder), provenance);
  }

  /**
   * Values by full key. The first component of a list has the keys that it would have alone, so
   * that runs with one and with several compare; the second has those of {@code penalty[1]}.
   */
  private static Map<String, String> flat(Config config) {
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
