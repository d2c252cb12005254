package io.ddgan.onednn.runtime;

import io.ddgan.engine.Kernel;

/** A kernel with objects of oneDNN, which it frees in the end. */
public abstract class NativeKernel implements Kernel {

  public final KernelRuntime runtime;
  public final DnnlObjects objects;

  public NativeKernel(KernelRuntime runtime) {
    this.runtime = runtime;
    this.objects = runtime.objects();
  }

  @Override
  public final void close() {
    objects.close();
  }
}
