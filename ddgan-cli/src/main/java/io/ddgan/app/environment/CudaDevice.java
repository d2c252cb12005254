package io.ddgan.app.environment;

import java.util.Optional;

/**
 * The GPU that the CUDA build of ND4J would compute with. It holds machine code for some cards
 * alone, and says what it misses with the traces of its own errors, so it is asked before.
 *
 * @param major the card's compute capability, before the dot
 * @param minor the same, after it
 */
record CudaDevice(int major, int minor) {

  private static final String BACKEND = "org.nd4j.linalg.jcublas.JCublasBackend";
  private static final String RUNTIME = "org.bytedeco.cuda.global.cudart";
  private static final String BINDINGS = "org/nd4j/linalg/jcublas/bindings/";
  private static final String CPU = "; build without -Pcuda to compute on the CPU";

  private static final int FIRST = 0;
  private static final int CAPABILITY_MAJOR = 75; // cudaDevAttrComputeCapabilityMajor
  private static final int CAPABILITY_MINOR = 76;

  /** Why the CUDA build cannot compute here; empty if it can, or if this is not that build. */
  static Optional<String> problem() {
    ClassLoader loader = CudaDevice.class.getClassLoader();
    if (loader.getResource(BACKEND.replace('.', '/') + ".class") == null) {
      return Optional.empty();
    }
    String platform = System.getProperty("os.name").startsWith("Windows") ? "windows" : "linux";
    if (loader.getResource(BINDINGS + platform + "-x86_64-cudnn/") != null) {
      return Optional.of(
          "ND4J's build with cuDNN keeps memory of every convolution until there is none left;"
              + " build with -Pcuda alone, without -Dnd4j.extension");
    }
    try {
      return find().problemOfCard();
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.of(
          "the CUDA build needs an NVIDIA GPU, its driver and the libraries of CUDA 11.6, which"
              + " cannot be loaded here"
              + CPU);
    } catch (CudaException e) {
      return Optional.of("CUDA says: " + e.getMessage() + CPU);
    }
  }

  /** Whether ND4J 1.0.0-M2.1 has machine code for the card. */
  Optional<String> problemOfCard() {
    boolean isOld = major < 3 || (major == 3 && minor < 7);
    return isOld || major > 8
        ? Optional.of(
            "this card has the compute capability %d.%d; ND4J 1.0.0-M2.1 can use 3.7 to 8.9, from Kepler to Ada%s"
                .formatted(major, minor, CPU))
        : Optional.empty();
  }

  /** The classes of CUDA are there in the CUDA build alone. */
  private static CudaDevice find() throws ReflectiveOperationException, CudaException {
    Class<?> runtime = Class.forName(RUNTIME);
    int[] count = new int[1];
    check(
        runtime,
        (int) runtime.getMethod("cudaGetDeviceCount", int[].class).invoke(null, (Object) count));
    if (count[0] == 0) {
      throw new CudaException("there is no device");
    }
    return new CudaDevice(
        attribute(runtime, CAPABILITY_MAJOR), attribute(runtime, CAPABILITY_MINOR));
  }

  private static int attribute(Class<?> runtime, int number)
      throws ReflectiveOperationException, CudaException {
    int[] value = new int[1];
    check(
        runtime,
        (int)
            runtime
                .getMethod("cudaDeviceGetAttribute", int[].class, int.class, int.class)
                .invoke(null, value, number, FIRST));
    return value[0];
  }

  private static void check(Class<?> runtime, int error)
      throws ReflectiveOperationException, CudaException {
    if (error != 0) {
      Object text = runtime.getMethod("cudaGetErrorString", int.class).invoke(null, error);
      throw new CudaException((String) text.getClass().getMethod("getString").invoke(text));
    }
  }

  /** What CUDA itself says. */
  private static final class CudaException extends Exception {
    CudaException(String message) {
      super(message);
    }
  }
}
