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

  /** Returns the same operation on other values. */
  OperationCall on(List<Value> inputs, List<Value> outputs);
}
