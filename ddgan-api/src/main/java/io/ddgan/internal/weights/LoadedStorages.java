package io.ddgan.internal.weights;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Storages that are read when the first tensor needs them; tensors share their memory. */
final class LoadedStorages implements Storages {

  private final Allowance allowance;
  private final StorageSource source;
  private final Map<Storage, float[]> loaded = new HashMap<>();

  /**
   * Storages of a file.
   *
   * @param allowance is asked for the memory of tensors that cannot share that of their storage
   */
  LoadedStorages(Allowance allowance, StorageSource source) {
    this.allowance = allowance;
    this.source = source;
  }

  /** Where storages come from. */
  @FunctionalInterface
  interface StorageSource {

    /** Reads all elements of a storage. */
    float[] read(Storage storage) throws IOException;
  }

  @Override
  public Tensor tensor(Storage storage, long offset, List<Long> shape, List<Long> steps)
      throws IOException {
    Strides strides = Strides.of(shape, steps);
    strides.requireWithin(offset, storage.elements());
    float[] values = loaded.get(storage);
    if (values == null) {
      values = source.read(storage);
      loaded.put(storage, values);
    }
    return strides.of(allowance, values, offset);
  }
}
