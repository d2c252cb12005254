package io.ddgan.engine;

import java.util.List;

/** A call of one of ND4J's operations. Its inputs and outputs are in row-major order. */
public interface OperationCall extends Call {

  /**
   * The operation's integer arguments, as ND4J 1.0.0-M2.1 orders them; for a reduction its
   * dimensions.
   */
  List<Long> integers();

  /** The operation's real arguments. */
  List<Double> numbers();

  /** The operation's boolean arguments. */
  List<Boolean> booleans();

  /**
   * The ratio of the usual number of examples to those of this call, 1 by default. An engine
   * chooses methods as for the usual number if their bits differ, so an example's bits are the same
   * in batches of any size.
   */
  default double batchScale() {
    return 1;
  }

  /** Returns the same operation on other values. */
  OperationCall on(List<Value> inputs, List<Value> outputs);
}
