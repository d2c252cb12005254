package io.ddgan.app.report;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.ddgan.api.Objective;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.KeyText;
import io.ddgan.app.experiment.WarmStart;
import io.ddgan.app.sweep.SweepFolder;
import io.ddgan.app.sweep.TrialList;
import io.ddgan.app.sweep.TrialStatus;
import io.ddgan.app.sweep.TrialStatus.TrialState;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.MetricsCsv;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads runs, and the finished trials of sweeps. */
public final class RunsReader {

  private final Experiments experiments;
  private final Set<Path> read = new HashSet<>();
  private final List<RunResults> runs = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  @Inject
  public RunsReader(Experiments experiments) {
    this.experiments = experiments;
  }

  /** Reads folders of runs and sweeps. */
  public void read(List<Path> folders) throws IOException {
    for (Path folder : folders) {
      SweepFolder sweep = new SweepFolder(folder);
      if (sweep.isSweep()) {
        read(sweep, folder);
      } else {
        add(new RunFolder(folder), folder.toString(), Optional.empty(), Map.of());
      }
    }
  }

  /** Returns the runs read. */
  public List<RunResults> runs() {
    return List.copyOf(runs);
  }

  /** Returns messages about unfinished and failed trials and runs. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  private void read(SweepFolder sweep, Path path) throws IOException {
    List<TrialList.Entry> trials = sweep.trials();
    Map<String, String> labels =
        trials.stream()
            .filter(trial -> !trial.label().isEmpty())
            .collect(Collectors.toMap(TrialList.Entry::name, TrialList.Entry::label));
    int pending = 0;
    for (TrialList.Entry trial : trials) {
      TrialStatus status = TrialStatus.of(sweep, trial.name());
      Optional<String> label = Optional.ofNullable(labels.get(trial.name()));
      if (status.is(TrialState.DONE)) {
        add(sweep.run(trial.name()), trial.name(), label, labels);
      } else if (status.is(TrialState.FAILED)) {
        failures.add(
            "%s%s failed: %s"
                .formatted(
                    trial.name(),
                    label.map(" (%s)"::formatted).orElse(""),
                    status.error().orElse("see its log")));
      } else {
        pending++;
      }
    }
    if (pending > 0) {
      failures.add("%,d of %,d trials of %s not done".formatted(pending, trials.size(), path));
    }
  }

  private void add(
      RunFolder folder, String name, Optional<String> label, Map<String, String> trials)
      throws IOException {
    folder.requireRun();
    if (!read.add(folder.root().toRealPath())) {
      return; // already read
    }
    Map<String, Object> origin =
        Files.exists(folder.provenance())
            ? Provenance.read(folder.provenance()).origin()
            : Map.of();
    Experiment experiment = experiments.trained(folder);
    long step = RunCheckpoints.done(folder);
    long steps = experiment.training().steps();
    try {
      Config facts = ConfigValueFactory.fromMap(origin).toConfig();
      Map<String, String> keys =
          flat(experiments.keys(experiment)); // including keys added since its training
      String seed = keys.remove("seed");
      addHistory(facts, trials, keys);
      runs.add(
          new RunResults(
              folder,
              name,
              label,
              seed,
              keys,
              experiments.measured(folder, experiment),
              MetricsCsv.read(folder.metrics()),
              costs(folder, experiment, step, facts)));
    } catch (ConfigException e) { // of another type
      throw Provenance.damaged(folder.provenance(), e);
    }
    if (step < steps) {
      failures.add("%s is not finished: %,d of %,d steps".formatted(name, step, steps));
    }
  }

  /**
   * Returns values by full key. The first component of a list has the keys of a single one, to
   * compare runs with one and several; the keys of the second start with, for example, {@code
   * penalty[1]}.
   */
  static Map<String, String> flat(Config config) {
    Map<String, String> keys = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
      String key = entry.getKey();
      if (entry.getValue() instanceof ConfigList list
          && !list.isEmpty()
          && list.stream().allMatch(ConfigObject.class::isInstance)) {
        for (int i = 0; i < list.size(); i++) {
          String element = i == 0 ? key : "%s[%d]".formatted(key, i);
          flat(((ConfigObject) list.get(i)).toConfig())
              .forEach((inner, value) -> keys.put(element + "." + inner, value));
        }
      } else {
        keys.put(key, KeyText.value(entry.getValue()));
      }
    }
    return keys;
  }

  /**
   * Adds the initial weights, given by key or option, and changes of the number of steps. A source
   * trial of the same sweep is named by its label, since each seed has its own run.
   */
  private static void addHistory(
      Config facts, Map<String, String> trials, Map<String, String> keys) {
    if (facts.hasPath(Provenance.INITIALISED_FROM)) {
      Config source = facts.getConfig(Provenance.INITIALISED_FROM);
      String run = source.getString("run");
      String checkpoint = "%s@%d".formatted(run, source.getLong("step"));
      String folder = run.substring(Math.max(run.lastIndexOf('/'), run.lastIndexOf('\\')) + 1);
      keys.put(WarmStart.KEY, trials.getOrDefault(folder, checkpoint));
    }
    if (facts.hasPath(Provenance.LENGTHS)) {
      keys.put(Provenance.LENGTHS, KeyText.value(facts.getValue(Provenance.LENGTHS)));
    }
  }

  private static Map<String, String> costs(
      RunFolder folder, Experiment experiment, long step, Config facts) throws IOException {
    Map<String, String> costs = new LinkedHashMap<>();
    costs.put("steps trained", grouped(step));
    costs.put("examples seen", grouped(step * experiment.training().batchSize()));
    CheckpointStore store = new CheckpointStore(folder.checkpoints());
    if (store.latest().isPresent()) {
      Map<String, Long> parts = store.sizes(step);
      for (String network : List.of(Objective.GENERATOR, Objective.DISCRIMINATOR)) {
        if (parts.containsKey(network)) {
          costs.put("parameters of the " + network, grouped(parts.get(network)));
        }
      }
    }
    if (facts.hasPath(Provenance.EVALUATIONS)) {
      costs.put("network evaluations per sample", grouped(facts.getInt(Provenance.EVALUATIONS)));
    }
    return costs;
  }

  private static String grouped(long number) {
    return "%,d".formatted(number);
  }
}
