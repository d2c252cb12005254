package io.ddgan.internal.graph;

import io.ddgan.engine.Value;
import java.util.List;
import java.util.Optional;

/**
 * Replaces one kind of operation by equivalent ones that are faster, or correct where the native
 * one is wrong.
 */
@FunctionalInterface
interface Lowering {

  /**
   * Emits the replacement where this lowering applies.
   *
   * @param call SameDiff's operation, on values of known shape
   * @param wanted true for each output that is used
   * @param emitter takes the replacement's calls
   * @return the values that replace the outputs, the original output where it is not wanted; empty,
   *     with nothing emitted, if the lowering does not apply
   */
  Optional<List<Value>> lower(TracedCall call, boolean[] wanted, Emitter emitter);
}
