package io.ddgan.onednn.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * Examples of a batch that a thread computes together. Groups depend only on the shape, so sums
 * over examples have the same bits with any number of threads.
 *
 * @param first first example
 * @param count number of examples
 */
public record ExampleGroup(int first, int count) {

  /** Maximum pixels of a group of several examples, enough to keep a core busy. */
  private static final int PIXELS = 1024;

  /** Divides a batch of maps into groups. */
  public static List<ExampleGroup> of(long examples, long pixels) {
    long together = Math.max(1, Math.min((examples + 1) / 2, PIXELS / Math.max(1, pixels)));
    List<ExampleGroup> groups = new ArrayList<>();
    for (long first = 0; first < examples; first += together) {
      groups.add(new ExampleGroup((int) first, (int) Math.min(together, examples - first)));
    }
    return groups;
  }
}
