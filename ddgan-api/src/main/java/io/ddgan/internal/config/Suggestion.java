package io.ddgan.internal.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Suggests names for misspelt ones. */
public final class Suggestion {

  private Suggestion() {}

  /**
   * Returns the advice for an unknown name.
   *
   * @return {@code did you mean 'steps'?}, or {@code choose one of a, b} if no name is similar
   */
  public static String forName(String name, Collection<String> known) {
    List<String> sorted = known.stream().sorted().toList();
    return closest(name, sorted)
        .map(candidate -> "did you mean '" + candidate + "'?")
        .orElse(
            known.isEmpty() ? "none is available" : "choose one of " + String.join(", ", sorted));
  }

  /** Returns the most similar name, if one is similar enough. */
  public static Optional<String> closest(String name, Collection<String> known) {
    int tolerance = (name.length() + 1) / 3;
    return known.stream()
        .sorted()
        .filter(candidate -> distance(name, candidate) <= tolerance)
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  /** Returns the edit distance, in which swapping neighbouring characters counts once. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int step(int[][] d, String a, String b, int i, int j) {
    int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
    boolean isSwap =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return isSwap ? Math.min(best, d[i - 2][j - 2] + 1) : best;
  }
}
