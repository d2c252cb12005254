package io.ddgan.onednn.runtime;

import io.ddgan.engine.Kernel;

/** A kernel that owns oneDNN objects and frees them when closed. */
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
