package io.ddgan.onednn.runtime;

import io.ddgan.engine.Call;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import java.util.List;
import java.util.function.Supplier;

/** A call of a kernel of this extension. */
public record KernelCall(
    KernelRuntime runtime,
    String name,
    List<Value> inputs,
    List<Value> outputs,
    double operations,
    Supplier<Kernel> binding)
    implements Call {

  /** Creates a call of a kernel that is not a convolution. */
  public KernelCall(
      KernelRuntime runtime,
      String name,
      List<Value> inputs,
      List<Value> outputs,
      Supplier<Kernel> binding) {
    this(runtime, name, inputs, outputs, 0, binding);
  }

  @Override
  public Kernel bind() {
    return runtime.singleThreaded(binding); // kernels created under one thread run on one
  }
}
