package io.ddgan.cli.report;

import io.ddgan.api.Metric.Measure;
import io.ddgan.cli.experiment.Experiments;
import io.ddgan.cli.sweep.SweepFolder;
import io.ddgan.cli.sweep.SweepFolder.Listed;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the runs that folders hold: runs, and the finished trials of sweeps. */
public final class RunsReader {

  private final Experiments experiments;
  private final Set<Path> read = new HashSet<>();
  private final List<Run> runs = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  @Inject
  public RunsReader(Experiments experiments) {
    this.experiments = experiments;
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
      add(new RunFolder(path), path.toString(), Optional.empty());
      return;
    }
    int pending = 0;
    for (Listed trial : sweep.listed()) {
      if (trial.isDone()) {
        add(sweep.run(trial.name()), trial.name(), trial.label());
      } else if (trial.isFailed()) {
        String label = trial.label().map(named -> " (" + named + ")").orElse("");
        failures.add("%s%s failed: %s".formatted(trial.name(), label, trial.error()));
      } else {
        pending++;
      }
    }
    if (pending > 0) {
      failures.add("%,d trials of %s are not done".formatted(pending, path));
    }
  }

  private void add(RunFolder folder, String name, Optional<String> label) throws IOException {
    folder.requireRun();
    if (!read.add(folder.root().toRealPath())) {
      return; // named twice
    }
    Experiment experiment = experiments.of(folder);
    List<Measure> measures = experiment.evaluation().measures();
    Run run = Run.read(folder, name, label, measures);
    runs.add(run);
    long iterations = experiment.training().iterations();
    if (run.step() < iterations && !measures.isEmpty()) {
      failures.add(
          run.step() == 0
              ? "%s is not finished and was not evaluated".formatted(name)
              : "%s is not finished; its numbers are those of step %,d of %,d"
                  .formatted(name, run.step(), iterations));
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
