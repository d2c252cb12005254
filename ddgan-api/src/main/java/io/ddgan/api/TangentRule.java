package io.ddgan.api;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/** The Jacobian-vector product of one kind of operation with one output. */
@FunctionalInterface
public interface TangentRule {

  /**
   * Adds the tangent of the output, in its shape, to the graph. It may only use operations that
   * SameDiff can differentiate.
   *
   * @param tangents tangent of each argument, empty if zero; at least one is present
   */
  SDVariable tangent(DifferentiatedOperation operation, List<Optional<SDVariable>> tangents);
}
