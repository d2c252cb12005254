package io.ddgan.internal.weights;

import java.io.IOException;
import java.util.List;

/** Makes tensors of the storages of a PyTorch checkpoint. */
interface Storages {

  /**
   * What a pickle says of a storage.
   *
   * @param key its name in the file
   * @param elements number of its elements
   */
  record Storage(ElementType type, String key, long elements) {}

  /**
   * A tensor that lies in a storage.
   *
   * @param offset index of the first element
   * @param steps distance between neighbours along each dimension, in elements
   */
  Tensor tensor(Storage storage, long offset, List<Long> shape, List<Long> steps)
      throws IOException;
}
