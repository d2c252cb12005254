package io.ddgan.cli.terminal;

import io.ddgan.api.ProcessLauncher;
import io.ddgan.app.sweep.SweepFolder;
import io.ddgan.app.sweep.SweepResults;
import io.ddgan.app.sweep.TrialStatus.TrialState;
import io.ddgan.app.text.Quantities;
import io.ddgan.app.text.Table;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The trials of a sweep as a table: name, varied keys, seed, state, measures. */
public final class TrialTable {

  private TrialTable() {}

  /** Prints the table. */
  public static void print(SweepResults results, PrintWriter out) {
    Table table = new Table();
    List<String> measures = results.measures();
    List<String> header = new ArrayList<>(List.of("trial"));
    header.addAll(results.distinctions());
    header.addAll(List.of("seed", "state"));
    header.addAll(measures);
    table.row(header);
    for (SweepResults.Row row : results.rows()) {
      List<String> cells = new ArrayList<>(List.of(row.trial().name()));
      cells.addAll(row.trial().values());
      cells.add(Long.toString(row.trial().seed()));
      cells.add(row.status().state().toString());
      for (String measure : measures) {
        Double value = row.values().get(measure);
        cells.add(value == null ? "" : Quantities.measured(value));
      }
      table.row(cells);
    }
    table.print(out);
  }

  /** Prints the table, and the progress or error of each unfinished trial. */
  public static void print(
      SweepResults results, SweepFolder sweep, ProcessLauncher launcher, PrintWriter out) {
    print(results, out);
    out.printf(
        "%,d of %s done, %,d failed%n",
        results.count(TrialState.DONE),
        Quantities.count(results.rows().size(), "trial"),
        results.count(TrialState.FAILED));
    Set<String> launched = launched(sweep, launcher, out);
    for (SweepResults.Row row : results.rows()) {
      String name = row.trial().name();
      if (!row.status().is(TrialState.DONE) || row.status().error().isPresent()) {
        state(row, sweep.run(name), launched.contains(name))
            .ifPresent(text -> out.printf("  %s %s%n", row.trial().description(), text));
      }
    }
  }

  private static Set<String> launched(
      SweepFolder sweep, ProcessLauncher launcher, PrintWriter out) {
    try {
      return launcher.supportsDetach() ? launcher.activeTrials(sweep.files(launcher)) : Set.of();
    } catch (IOException e) {
      out.println("cannot read the queue: " + e.getMessage());
      return Set.of();
    }
  }

  private static Optional<String> state(SweepResults.Row row, RunFolder run, boolean isLaunched) {
    Optional<RunProgress> progress = RunProgress.read(run.progress());
    String step =
        progress.map(p -> ", at step %,d of %,d".formatted(p.step(), p.total())).orElse("");
    if (run.isInUse()) {
      return Optional.of("is training" + step);
    }
    if (isLaunched) {
      return Optional.of("is queued" + step);
    }
    return row.status().error().or(() -> progress.map(p -> "is not running" + step));
  }
}
