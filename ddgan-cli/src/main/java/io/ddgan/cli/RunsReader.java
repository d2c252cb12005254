package io.ddgan.cli;

import io.ddgan.api.Metric.Measure;
import io.ddgan.cli.report.Run;
import io.ddgan.cli.sweep.SweepFolder;
import io.ddgan.cli.sweep.SweepFolder.Listed;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the runs that folders hold: runs, and the finished trials of sweeps. */
final class RunsReader {

  private final Assembly assembly;
  private final List<Run> runs = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  RunsReader(Assembly assembly) {
    this.assembly = assembly;
  }

  /**
   * Reads a folder.
   *
   * @throws IOException if it is neither a run nor a sweep, or a file in it cannot be read
   */
  void read(Path path) throws IOException {
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
    List<Measure> measures =
        assembly.experiment(folder.experiment().toString(), List.of()).evaluation().measures();
    runs.add(Run.read(folder, name, label, measures));
  }

  /** What was read. */
  List<Run> runs() {
    return List.copyOf(runs);
  }

  /** Trials without a result, in words. */
  List<String> failures() {
    return List.copyOf(failures);
  }
}
