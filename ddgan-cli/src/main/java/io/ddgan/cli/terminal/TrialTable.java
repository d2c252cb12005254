package io.ddgan.cli.terminal;

import io.ddgan.app.sweep.Results;
import io.ddgan.app.text.Quantities;
import io.ddgan.app.text.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The trials of a sweep as a table, in columns: name, varied keys, seed, status, measures. */
public final class TrialTable {

  private TrialTable() {}

  /** Prints it. */
  public static void print(Results results, PrintWriter out) {
    Table table = new Table();
    List<String> measures = results.measures();
    List<String> header = new ArrayList<>(List.of("trial"));
    header.addAll(results.distinctions());
    header.addAll(List.of("seed", "status"));
    header.addAll(measures);
    table.row(header.toArray(String[]::new));
    for (Results.Row row : results.rows()) {
      List<String> cells = new ArrayList<>(List.of(row.trial().name()));
      cells.addAll(row.trial().values());
      cells.add(Long.toString(row.trial().seed()));
      cells.add(row.status().state().toString());
      for (String measure : measures) {
        Double value = row.values().get(measure);
        cells.add(value == null ? "" : Quantities.measured(value));
      }
      table.row(cells.toArray(String[]::new));
    }
    table.print(out);
  }
}
