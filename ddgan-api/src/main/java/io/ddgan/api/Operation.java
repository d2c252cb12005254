package io.ddgan.api;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** An operation of a graph, as a rule of differentiation sees it. */
public interface Operation {

  /** Its name in SameDiff, such as {@code "sin"}. */
  String name();

  /** The graph that it is in, to add to. */
  SameDiff sameDiff();

  /** What it is computed from. */
  List<SDVariable> arguments();

  /** An argument, counted from 0. */
  default SDVariable argument(int index) {
    return arguments().get(index);
  }

  /** Its first output. */
  SDVariable output();

  /**
   * Its options that are integers, in the order of SameDiff 1.0.0-M2.1; of a reduction its
   * dimensions.
   */
  List<Long> integers();

  /** Its options that are real numbers, in the order of SameDiff. */
  List<Double> numbers();

  /** Its options that are true or false; of a reduction whether it keeps its dimensions. */
  List<Boolean> booleans();

  /**
   * The output of the same operation with the same options on other arguments, in the same order;
   * the bias of a convolution may be left out. Of an operation that is linear in an argument this
   * gives its tangent.
   */
  SDVariable on(List<SDVariable> arguments);
}
