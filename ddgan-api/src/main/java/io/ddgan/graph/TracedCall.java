package io.ddgan.graph;

import java.util.List;
import org.nd4j.autodiff.functions.DifferentialFunction;

/** An operation with the values that it reads and writes. */
record TracedCall(DifferentialFunction operation, List<Value> inputs, List<Value> outputs) {

  Value input(int index) {
    return inputs.get(index);
  }

  Value output() {
    return outputs.get(0);
  }
}
