package io.ddgan.api;

import java.util.function.IntUnaryOperator;

/**
 * The classes of a data set's examples.
 *
 * @param classes number of classes
 * @param assignment gives the class of the example with an index, in [0, classes)
 */
public record Labels(int classes, IntUnaryOperator assignment) {

  /** The class of an example, in [0, classes). */
  public int label(int index) {
    return assignment.applyAsInt(index);
  }
}
