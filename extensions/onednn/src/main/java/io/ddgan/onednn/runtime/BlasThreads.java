package io.ddgan.onednn.runtime;

import java.util.function.IntConsumer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.openblas.presets.openblas_nolapack.SetNumThreads;
import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The number of threads of OpenBLAS. ND4J's own setter searches all libraries for those of MKL each
 * time, for half a millisecond.
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
      super(); // makes room for the address, which the constructor with an argument does not
      put(function);
    }
  }
}
