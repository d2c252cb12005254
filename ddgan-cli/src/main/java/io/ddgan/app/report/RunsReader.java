package io.ddgan.app.report;

import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.MeasuredRuns;
import io.ddgan.app.sweep.SweepFolder;
import io.ddgan.app.sweep.SweepFolder.Listed;
import io.ddgan.app.text.Quantities;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the runs that folders hold: runs, and the finished trials of sweeps. */
public final class RunsReader {

  private final Experiments experiments;
  private final MeasuredRuns measured;
  private final Set<Path> read = new HashSet<>();
  private final List<Run> runs = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  @Inject
  public RunsReader(Experiments experiments, MeasuredRuns measured) {
    this.experiments = experiments;
    this.measured = measured;
  }

  /**
   * Reads folders.
   *
   * @throws IOException if one is neither a run nor a sweep, or a file in it cannot be read
   */
  public void read(List<Path> folders) throws IOException {
    for (Path folder : folders) {
      read(folder);
    }
  }

  private void read(Path path) throws IOException {
    SweepFolder sweep = new SweepFolder(path);
    if (!sweep.isSweep()) {
      add(new RunFolder(path), path, path.toString(), Optional.empty(), Map.of());
      return;
    }
    int pending = 0;
    List<Listed> trials = sweep.listed();
    Map<String, String> labels = new HashMap<>();
    trials.forEach(trial -> trial.label().ifPresent(label -> labels.put(trial.name(), label)));
    for (Listed trial : trials) {
      if (trial.isDone()) {
        add(sweep.run(trial.name()), path, trial.name(), trial.label(), labels);
      } else if (trial.isFailed()) {
        String label = trial.label().map(named -> " (" + named + ")").orElse("");
        failures.add("%s%s failed: %s".formatted(trial.name(), label, trial.error()));
      } else {
        pending++;
      }
    }
    if (pending > 0) {
      String left = Quantities.count(pending, "trial");
      failures.add("%s of %s %s not done".formatted(left, path, pending == 1 ? "is" : "are"));
    }
  }

  private void add(
      RunFolder folder,
      Path source,
      String name,
      Optional<String> label,
      Map<String, String> trials)
      throws IOException {
    folder.requireRun();
    if (!read.add(folder.root().toRealPath())) {
      return; // named twice
    }
    if (Files.exists(folder.provenance())) {
      Provenance unused =
          Provenance.read(folder.provenance()); // says what to do with a damaged one
    }
    Experiment experiment = experiments.of(folder);
    Map<String, String> keys = Run.flat(experiments.keys(experiment)); // also those newer than it
    Run run = Run.read(folder, source, name, label, experiment, keys, measured, trials);
    runs.add(run);
    if (!run.isTrained()) {
      failures.add(
          "%s is not finished: %,d of %,d steps are trained"
              .formatted(name, run.cost().step(), run.cost().steps()));
    }
  }

  /** What was read. */
  public List<Run> runs() {
    return List.copyOf(runs);
  }

  /** Trials and runs without a result, or without their last one, in words. */
  public List<String> failures() {
    return List.copyOf(failures);
  }
}
