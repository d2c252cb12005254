package io.ddgan.app.environment;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/**
 * The GPU that the CUDA build of ND4J would compute with. It holds machine code for some cards
 * alone, and says what it misses with the traces of its own errors, so it is asked before.
 *
 * @param major the card's compute capability, before the dot
 * @param minor the same, after it
 */
record CudaDevice(int major, int minor) {

  private static final String BACKEND = "org/nd4j/linalg/jcublas/JCublasBackend.class";
  private static final String RUNTIME = "org.bytedeco.cuda.global.cudart";
  private static final String BINDINGS = "org/nd4j/linalg/jcublas/bindings/";
  private static final String CPU = "; build without -Pcuda to compute on the CPU";

  private static final int CAPABILITY_MAJOR = 75; // cudaDevAttrComputeCapabilityMajor
  private static final int CAPABILITY_MINOR = 76;

  /** Why the CUDA build cannot compute here; empty if it can, or if this is not that build. */
  static Optional<String> problem() {
    ClassLoader loader = CudaDevice.class.getClassLoader();
    if (loader.getResource(BACKEND) == null) {
      return Optional.empty();
    }
    String platform = System.getProperty("os.name").startsWith("Windows") ? "windows" : "linux";
    if (loader.getResource(BINDINGS + platform + "-x86_64-cudnn/") != null) {
      return Optional.of(
          "ND4J's build with cuDNN keeps memory of every convolution until there is none left;"
              + " build with -Pcuda alone, without -Dnd4j.extension");
    }
    try {
      return new CudaDevice(attribute(CAPABILITY_MAJOR), attribute(CAPABILITY_MINOR))
          .problemOfCard();
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.of(
          "the CUDA build needs an NVIDIA GPU, its driver and the libraries of CUDA 11.6, which"
              + " cannot be used here"
              + CPU);
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

  /** An attribute of the first card; the classes of CUDA are there in the CUDA build alone. */
  private static int attribute(int number) throws ReflectiveOperationException {
    int[] value = new int[1];
    Object error =
        Class.forName(RUNTIME)
            .getMethod("cudaDeviceGetAttribute", int[].class, int.class, int.class)
            .invoke(null, value, number, 0);
    if (!error.equals(0)) {
      throw new InvocationTargetException(null, "CUDA's error " + error);
    }
    return value[0];
  }
}
