package io.ddgan.onednn.runtime;

import java.util.Optional;
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
final class BlasThreads implements AutoCloseable {

  private final Blas blas = Nd4j.factory().blas();
  private final Optional<Setter> setter;

  BlasThreads() {
    Loader.load(openblas_nolapack.class);
    setter = Optional.ofNullable(Loader.addressof("openblas_set_num_threads")).map(Setter::new);
  }

  int get() {
    return blas.getMaxThreads();
  }

  void set(int threads) {
    setter.ifPresentOrElse(each -> each.call(threads), () -> blas.setMaxThreads(threads));
  }

  @Override
  public void close() {
    setter.ifPresent(Pointer::deallocate);
  }

  private static final class Setter extends SetNumThreads {
    Setter(Pointer function) {
      super(); // allocates the address, unlike the constructor with an argument
      put(function);
    }
  }
}
