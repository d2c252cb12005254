package io.ddgan.app.sweep;

import io.ddgan.api.Metric.Measure;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The trials of a sweep as in its tables. The list is stored in the sweep's folder, to write the
 * tables without the sweep file and its experiments.
 *
 * @param distinctions names of the properties, other than the seed, in which trials differ
 * @param trials the trials, in the order of the sweep
 */
public record TrialList(List<String> distinctions, List<Entry> trials) {

  private static final String LABEL = "label";
  private static final String BASE = "base";

  /**
   * A trial.
   *
   * @param name its hash
   * @param configuration hash of its configuration without the seed
   * @param label its label; empty if it has none
   * @param description its hash and distinguishing keys
   * @param values its values of the distinctions
   * @param measures names of its metrics
   */
  public record Entry(
      String name,
      String configuration,
      String label,
      String description,
      List<String> values,
      long seed,
      List<String> measures) {}

  /** Describes trials. */
  static TrialList of(List<Trial> trials) {
    List<String> distinctions = distinctions(trials);
    List<Entry> entries = trials.stream().map(trial -> entry(trial, distinctions)).toList();
    return new TrialList(distinctions, entries);
  }

  private static Entry entry(Trial trial, List<String> distinctions) {
    return new Entry(
        trial.name(),
        trial.configuration(),
        label(trial),
        trial.description(),
        distinctions.stream().map(name -> value(trial, name)).toList(),
        trial.experiment().seed(),
        trial.experiment().evaluation().measures().stream().map(Measure::name).toList());
  }

  private static String label(Trial trial) {
    return trial.variation().label().orElse("");
  }

  private static String value(Trial trial, String distinction) {
    return switch (distinction) {
      case LABEL -> label(trial);
      case BASE -> trial.base();
      default -> trial.value(distinction);
    };
  }

  /** Returns labels and bases, varied keys, and keys in which blocks of one base differ. */
  private static List<String> distinctions(List<Trial> trials) {
    Set<String> names = new LinkedHashSet<>();
    if (trials.stream().anyMatch(trial -> !label(trial).isEmpty())) {
      names.add(LABEL);
    }
    Map<String, List<Trial>> byBase = trials.stream().collect(Collectors.groupingBy(Trial::base));
    if (byBase.size() > 1) {
      names.add(BASE);
    }
    trials.forEach(trial -> names.addAll(trial.variation().values().keySet()));
    for (Trial trial : trials) {
      trial.shared().stream()
          .filter(key -> differ(byBase.get(trial.base()), key))
          .forEach(names::add);
    }
    return List.copyOf(names);
  }

  private static boolean differ(List<Trial> trials, String key) {
    return trials.stream().map(trial -> trial.value(key)).distinct().count() > 1;
  }

  /** Returns which trials of an earlier list are missing here, and which are new. */
  String since(TrialList before) {
    return "%s, %s".formatted(others(before, this, "left out"), others(this, before, "new"));
  }

  /** Returns the names, in the order of the sweep. */
  Set<String> names() {
    return trials.stream().map(Entry::name).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String others(TrialList some, TrialList known, String what) {
    Set<String> names = known.names();
    List<Entry> others = some.trials.stream().filter(e -> !names.contains(e.name())).toList();
    String shown =
        others.stream().limit(3).map(Entry::description).collect(Collectors.joining("; "));
    String all = shown + (others.size() > 3 ? "; ..." : "");
    return "%,d %s%s".formatted(others.size(), what, others.isEmpty() ? "" : " (" + all + ")");
  }

  void write(Path file) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Entry trial : trials) {
      Map<String, Object> row = new HashMap<>();
      row.put("name", trial.name());
      row.put("configuration", trial.configuration());
      row.put(LABEL, trial.label());
      row.put("description", trial.description());
      row.put("values", trial.values());
      row.put("seed", trial.seed());
      row.put("measures", trial.measures());
      rows.add(row);
    }
    AtomicFile.write(file, Json.checked(Map.of("distinctions", distinctions, "trials", rows)));
  }

  /**
   * Reads the list of a sweep.
   *
   * @throws IOException if the file is missing or damaged; the message names it
   */
  static TrialList read(Path file) throws IOException {
    try {
      Map<String, Object> object = Json.parseChecked(Files.readString(file));
      List<Entry> trials = new ArrayList<>();
      for (Object each : (List<?>) object.get("trials")) {
        Map<?, ?> row = (Map<?, ?>) each;
        trials.add(
            new Entry(
                row.get("name").toString(),
                row.get("configuration").toString(),
                row.get(LABEL).toString(),
                row.get("description").toString(),
                texts(row.get("values")),
                Long.parseLong(row.get("seed").toString()),
                texts(row.get("measures"))));
      }
      return new TrialList(texts(object.get("distinctions")), trials);
    } catch (IOException | RuntimeException e) {
      throw new IOException(file + " is missing or damaged; --resume writes it again", e);
    }
  }

  private static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(Object::toString).toList();
  }
}
