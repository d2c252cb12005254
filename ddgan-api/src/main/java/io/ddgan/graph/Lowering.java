package io.ddgan.graph;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.functions.DifferentialFunction;

/** Replaces one kind of operation by faster ones that compute the same. */
interface Lowering {

  /**
   * Emits the replacement where this lowering applies.
   *
   * @param operation the operation as SameDiff has it
   * @param inputs its inputs
   * @param wanted which of its outputs anything needs
   * @param emitter takes the replacement's calls
   * @return the outputs, any value where none is wanted; empty where the lowering does not apply,
   *     with nothing emitted
   */
  Optional<List<Value>> lower(
      DifferentialFunction operation, List<Value> inputs, boolean[] wanted, Emitter emitter);

  /** Takes the calls that a lowering makes. */
  interface Emitter {

    /** Adds a call whose output shapes are inferred. */
    List<Value> call(DifferentialFunction operation, Value... inputs);
  }
}
