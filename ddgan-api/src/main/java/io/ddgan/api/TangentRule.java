package io.ddgan.api;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/** The Jacobian-vector product of one kind of operation with one output. */
@FunctionalInterface
public interface TangentRule {

  /**
   * Adds the tangent of the output to the graph, from operations that SameDiff can differentiate.
   *
   * @param operation the operation, with its arguments and output
   * @param tangents tangent of each argument, in the order of {@link Operation#arguments}; empty
   *     where it is zero, and at least one is not
   * @return the tangent, in the shape of the output
   */
  SDVariable tangent(Operation operation, List<Optional<SDVariable>> tangents);
}
