package io.ddgan.onednn;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.OperationCall;
import io.ddgan.engine.Value;
import io.ddgan.onednn.layout.FeatureMaps;
import io.ddgan.onednn.runtime.ExampleGroup;
import io.ddgan.onednn.runtime.KernelRuntime;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An elementwise operation of ND4J, split along the first dimension. */
final class SplitOperation implements Kernel {

  private final KernelRuntime runtime;
  private final List<Kernel> parts = new ArrayList<>();

  SplitOperation(KernelRuntime runtime, OperationCall call, List<ExampleGroup> groups) {
    this.runtime = runtime;
    long first = call.output().shape()[0];
    int rank = call.output().shape().length;
    for (ExampleGroup group : groups) {
      List<Value> inputs = new ArrayList<>();
      for (Value input : call.inputs()) {
        boolean isWhole = input.shape().length < rank || input.shape()[0] != first;
        inputs.add(isWhole ? input : part(input, group));
      }
      parts.add(call.on(inputs, List.of(part(call.output(), group))).bind());
    }
  }

  private static Value part(Value value, ExampleGroup group) {
    INDArray array = value.array();
    long[] shape = value.shape().clone();
    long row = value.length() / shape[0];
    shape[0] = group.count();
    return Value.fixed(
        Nd4j.create(
            array.data(),
            shape,
            FeatureMaps.rowMajor(shape),
            array.offset() + row * group.first(),
            'c'));
  }

  @Override
  public void run() {
    runtime.run(parts.size(), (part, worker) -> parts.get(part).run());
  }

  @Override
  public void close() {
    parts.forEach(Kernel::close);
  }
}
