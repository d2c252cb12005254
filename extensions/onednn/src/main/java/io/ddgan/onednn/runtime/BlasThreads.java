package io.ddgan.onednn.runtime;

import java.util.function.IntConsumer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.openblas.presets.openblas_nolapack.SetNumThreads;
import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sets the number of threads of OpenBLAS. ND4J's setter searches all libraries for MKL each time,
 * which takes half a millisecond.
 */
final class BlasThreads {

  private final Blas blas = Nd4j.factory().blas();
  private final IntConsumer setter;

  BlasThreads() {
    Loader.load(openblas_nolapack.class);
    Pointer function = Loader.addressof("openblas_set_num_threads");
    setter = function == null ? blas::setMaxThreads : new Setter(function)::call;
  }

  int get() {
    return blas.getMaxThreads();
  }

  void set(int threads) {
    setter.accept(threads);
  }

  private static final class Setter extends SetNumThreads {
    Setter(Pointer function) {
      super(); // allocates the address, unlike the constructor with an argument
      put(function);
    }
  }
}
