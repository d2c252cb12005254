package io.ddgan.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What a misspelt name was probably meant to be. */
public final class Suggestion {

  private Suggestion() {}

  /**
   * How an error about an unknown name goes on.
   *
   * @param name the unknown name
   * @param known the names that would have been right
   * @return {@code did you mean 'steps'?}, or {@code choose one of a, b} if no name is close
   */
  public static String forName(String name, Collection<String> known) {
    int tolerance = (name.length() + 1) / 3;
    List<String> sorted = known.stream().sorted().toList();
    return sorted.stream()
        .filter(candidate -> distance(name, candidate) <= tolerance)
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .map(candidate -> "did you mean '" + candidate + "'?")
        .orElse(known.isEmpty() ? "there is none" : "choose one of " + String.join(", ", sorted));
  }

  /** Levenshtein distance: insertions, deletions and replacements that turn one into the other. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    Arrays.setAll(previous, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
