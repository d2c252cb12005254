package io.ddgan.app.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * What something is drawn in. Colours follow the reader's light or dark background where the file
 * can know it.
 *
 * @param name class of the style sheet
 * @param light colour on a light background, as RRGGBB
 * @param dark colour on a dark background, as RRGGBB
 */
public record Ink(String name, String light, String dark) {

  /** Of words. */
  public static final Ink TEXT = new Ink("text", "222222", "e6e6e6");

  /** Of axes and of what is said in passing. */
  public static final Ink MUTED = new Ink("muted", "666666", "a8a8a8");

  /** Of lines behind everything. */
  public static final Ink GRID = new Ink("grid", "dddddd", "3c3c3c");

  /** Told apart by those, too, who see few colours (after Okabe and Ito). */
  private static final String[][] SERIES = {
    {"0072b2", "4aa8e0"},
    {"d55e00", "ff8a3d"},
    {"009e73", "2fc99c"},
    {"cc79a7", "e59bc4"},
    {"b8860b", "f0b93a"},
    {"56b4e9", "8fd0f7"},
    {"7a52c7", "b195f0"},
    {"555555", "b5b5b5"},
  };

  /** Number of colours, after which series begin again with the first. */
  static final int COLOURS = SERIES.length;

  /** Of a series. */
  public static Ink series(int index) {
    String[] colours = SERIES[index % COLOURS];
    return new Ink("series" + index % COLOURS, colours[0], colours[1]);
  }

  /** All of them. */
  static List<Ink> all() {
    var all = new ArrayList<>(List.of(TEXT, MUTED, GRID));
    for (int i = 0; i < COLOURS; i++) {
      all.add(series(i));
    }
    return all;
  }
}
