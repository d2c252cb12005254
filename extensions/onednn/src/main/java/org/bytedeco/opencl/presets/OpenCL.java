package org.bytedeco.opencl.presets;

/** Named by oneDNN's JavaCPP classes, which need nothing of it on a CPU. */
public final class OpenCL {
  private OpenCL() {}
}
