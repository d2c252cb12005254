package io.ddgan.internal.graph;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/** The vector-Jacobian product of one kind of operation. */
@FunctionalInterface
interface GradientRule {

  /**
   * Adds the gradients with respect to the arguments to the graph.
   *
   * @param operation the operation to be differentiated
   * @param gradients gradient of each output
   * @return gradient of each argument, in the order of {@link GraphOperation#arguments}
   */
  List<SDVariable> gradients(GraphOperation operation, List<SDVariable> gradients);
}
