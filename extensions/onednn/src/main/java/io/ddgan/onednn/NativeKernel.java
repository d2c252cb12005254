package io.ddgan.onednn;

import io.ddgan.engine.Kernel;

/** A kernel with objects of oneDNN, which it frees in the end. */
abstract class NativeKernel implements Kernel {

  final KernelRuntime runtime;
  final Native objects;

  NativeKernel(KernelRuntime runtime) {
    this.runtime = runtime;
    this.objects = runtime.objects();
  }

  @Override
  public final void close() {
    objects.close();
  }
}
