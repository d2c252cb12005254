package io.ddgan.app.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Text in columns that are as wide as their widest cell. */
public final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  /** A line of its own, which no column makes room for. */
  public void heading(String text) {
    rows.add(List.of(text));
  }

  public void row(String... cells) {
    rows.add(List.of(cells));
  }

  public void print(PrintWriter out) {
    int[] widths = IntStream.range(0, columns()).map(this::width).toArray();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int width = column == row.size() - 1 ? 0 : widths[column] + 2;
        line.append(row.get(column))
            .append(" ".repeat(Math.max(0, width - row.get(column).length())));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private int columns() {
    return rows.stream().mapToInt(List::size).max().orElse(0);
  }

  private int width(int column) {
    return rows.stream()
        .filter(row -> row.size() > 1 && row.size() > column)
        .mapToInt(row -> row.get(column).length())
        .max()
        .orElse(0);
  }
}
