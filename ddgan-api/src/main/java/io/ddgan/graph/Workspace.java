package io.ddgan.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Memory for the intermediate values of plans. Plans that never run at the same time, and whose
 * outputs are read before another one runs, can share a workspace. It grows when a plan needs more,
 * but plans made before keep what they have, so the largest plan should be made first.
 */
public final class Workspace implements AutoCloseable {

  private final Map<DataType, INDArray> current = new HashMap<>();
  private final List<INDArray> all = new ArrayList<>();

  /** A buffer of at least so many elements. */
  INDArray buffer(DataType type, long capacity) {
    INDArray buffer = current.get(type);
    if (buffer == null || buffer.length() < capacity) {
      buffer = Nd4j.createUninitialized(type, capacity);
      current.put(type, buffer);
      all.add(buffer);
    }
    return buffer;
  }

  /** Total size in bytes. */
  public long bytes() {
    return all.stream().mapToLong(b -> b.length() * b.dataType().width()).sum();
  }

  /** Frees the memory; the plans that use it must not run any more. */
  @Override
  public void close() {
    all.forEach(INDArray::close);
    all.clear();
    current.clear();
  }
}
