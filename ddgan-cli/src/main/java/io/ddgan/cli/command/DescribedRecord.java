package io.ddgan.cli.command;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.ddgan.app.sweep.SweepFile;
import io.ddgan.internal.config.ConfigKey;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.RegisteredComponent;
import io.ddgan.train.experiment.Experiment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Something that has keys: a component, an experiment or a sweep.
 *
 * @param id name, such as {@code schedule.vp}
 * @param summary description in one line
 * @param origin the jar or folder of a component; empty for others
 * @param type the record whose components are the keys
 * @param defaults the keys' defaults
 */
record DescribedRecord(
    String id, String summary, String origin, Class<? extends Record> type, ConfigObject defaults) {

  /** The columns of {@link #rows}. */
  static final List<String> COLUMNS = List.of("key", "type", "default", "range", "meaning");

  private static final String TYPE = "type";

  /** Returns experiments, sweeps, then the components by kind and name. */
  static List<DescribedRecord> all(ComponentRegistry registry) {
    ConfigObject none = ConfigFactory.empty().root();
    ConfigObject experiment = registry.experimentDefaults().root();
    ConfigObject sweep = SweepFile.complete(none.toConfig()).root();
    String block = "one element of the list blocks";
    List<DescribedRecord> all = new ArrayList<>();
    all.add(
        new DescribedRecord(
            "experiment", "everything that determines a run", "", Experiment.class, experiment));
    all.add(
        new DescribedRecord("sweep", "many experiments in one file", "", SweepFile.class, sweep));
    all.add(new DescribedRecord("sweep.blocks", block, "", SweepFile.Block.class, none));
    for (ComponentKind kind : ComponentKind.values()) {
      for (RegisteredComponent each : registry.all(kind)) {
        all.add(
            new DescribedRecord(
                each.id(),
                each.summary(),
                each.origin(),
                each.recordClass(),
                registry.defaults(each)));
      }
    }
    return all;
  }

  /** Returns a row for each key, in the order of the record; nested keys by their path. */
  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    addKeys(type, defaults, "", rows);
    return rows;
  }

  private static void addKeys(
      Class<? extends Record> record,
      ConfigObject defaults,
      String prefix,
      List<List<String>> rows) {
    for (ConfigKey key : ConfigKey.of(record)) {
      ConfigValue value = defaults.get(key.name());
      String name = prefix + key.name();
      if (key.nested().isPresent() && value instanceof ConfigObject object) {
        addKeys(key.nested().get(), object, name + ".", rows);
      } else {
        String shown = value == null ? "" : written(value);
        rows.add(List.of(name, key.typeName(), shown, key.range(), key.meaning()));
      }
    }
  }

  /** Returns a value in its shortest form: a component without keys by its name. */
  private static String written(ConfigValue value) {
    if (value instanceof ConfigObject object && object.keySet().equals(Set.of(TYPE))) {
      return written(object.get(TYPE));
    }
    return value.unwrapped() instanceof String text
        ? text
        : value.render(ConfigRenderOptions.concise());
  }
}
