package io.ddgan.graph;

import java.util.List;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The vector-Jacobian product of one kind of operation. */
@FunctionalInterface
public interface GradientRule {

  /**
   * Adds the gradients with respect to the arguments to the graph.
   *
   * @param sameDiff the graph
   * @param operation the operation to be differentiated
   * @param outputGradients gradient of each output
   * @return gradient of each argument, in the order of {@code operation.args()}
   */
  List<SDVariable> gradients(
      SameDiff sameDiff, DifferentialFunction operation, List<SDVariable> outputGradients);
}
