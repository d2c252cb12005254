package io.ddgan.app.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A text table with columns as wide as their widest cells. */
public final class Table {

  private final List<List<String>> rows = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();

  /** Adds a line that does not widen any column. */
  public void heading(String text) {
    rows.add(List.of(text));
  }

  public void row(String... cells) {
    row(List.of(cells));
  }

  public void row(List<String> cells) {
    rows.add(cells);
    for (int column = 0; column < cells.size(); column++) {
      if (column == widths.size()) {
        widths.add(0);
      }
      widths.set(column, Math.max(widths.get(column), cells.get(column).length()));
    }
  }

  public void print(PrintWriter out) {
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(Math.max(0, widths.get(column) + 2 - cell.length())));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
