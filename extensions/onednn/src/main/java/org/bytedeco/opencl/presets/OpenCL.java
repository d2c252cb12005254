package org.bytedeco.opencl.presets;

/** A stub: oneDNN's JavaCPP classes refer to it, but do not use it on a CPU. */
public final class OpenCL {
  private OpenCL() {}
}
