package io.ddgan.api;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** An operation of a graph, as a rule of differentiation sees it. */
public interface DifferentiatedOperation {

  /** Its name in SameDiff, such as {@code "sin"}. */
  String name();

  /** The graph that it belongs to. */
  SameDiff sameDiff();

  /** Its inputs. */
  List<SDVariable> arguments();

  /** An argument, counted from 0. */
  default SDVariable argument(int index) {
    return arguments().get(index);
  }

  /** Its first output. */
  SDVariable output();

  /** Its integer options, in the order of SameDiff 1.0.0-M2.1; for a reduction its dimensions. */
  List<Long> integers();

  /** Its floating-point options, in the order of SameDiff. */
  List<Double> numbers();

  /** Its boolean options; for a reduction whether it keeps its dimensions. */
  List<Boolean> booleans();

  /**
   * Applies the same operation with the same options to other arguments, in the same order; a
   * convolution's bias may be omitted. If the operation is linear in an argument, this is its
   * tangent.
   */
  SDVariable on(List<SDVariable> arguments);
}
