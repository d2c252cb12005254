package io.ddgan.api;

import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * The classes of a data set's examples.
 *
 * @param classes number of classes
 * @param assignment the class of the example with an index, in [0, classes)
 * @param names the names of the classes, if they have names
 */
public record Labels(int classes, IntUnaryOperator assignment, Optional<List<String>> names) {

  public Labels {
    names = names.map(List::copyOf);
  }

  /** Classes without names. */
  public Labels(int classes, IntUnaryOperator assignment) {
    this(classes, assignment, Optional.empty());
  }

  /** Classes with names. */
  public static Labels named(List<String> names, IntUnaryOperator assignment) {
    return new Labels(names.size(), assignment, Optional.of(names));
  }

  /** The class of an example, in [0, classes). */
  public int label(int index) {
    return assignment.applyAsInt(index);
  }

  /** Returns a class's name, or its number if it has none. */
  public String name(int label) {
    return names.map(all -> all.get(label)).orElseGet(() -> Integer.toString(label));
  }
}
