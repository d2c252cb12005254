package io.ddgan.internal.graph;

import io.ddgan.engine.Value;
import java.util.List;
import java.util.Optional;

/**
 * Replaces one kind of operation by others that compute the same: faster, or right where the native
 * one is not.
 */
@FunctionalInterface
interface Lowering {

  /**
   * Emits the replacement where this lowering applies.
   *
   * @param call the operation as SameDiff has it, on values of known shape
   * @param wanted which of its outputs anything needs
   * @param emitter takes the replacement's calls
   * @return the values that stand for the outputs, the original output where it is not wanted;
   *     empty where the lowering does not apply, with nothing emitted
   */
  Optional<List<Value>> lower(TracedCall call, boolean[] wanted, Emitter emitter);
}
