package io.ddgan.internal.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Memory for the intermediate values of plans. Plans can share a workspace if they never run at the
 * same time and their outputs are read before another one runs. The memory is allocated when the
 * first plan runs, so build all plans before. A later plan that needs more gets separate memory.
 */
public final class Workspace implements AutoCloseable {

  private final Map<DataType, Long> reserved = new HashMap<>();
  private final Map<DataType, INDArray> current = new HashMap<>();
  private final List<INDArray> all = new ArrayList<>();

  /**
   * Reserves a buffer of {@code capacity} elements. Throws a RefusedException if it does not fit in
   * memory.
   */
  void reserve(DataType type, long capacity) {
    if (capacity > reserved.getOrDefault(type, 0L)) {
      require(type, capacity);
      reserved.put(type, capacity);
    }
  }

  private static void require(DataType type, long capacity) {
    NativeMemory.require((double) capacity * type.width(), "the intermediate values of a batch");
  }

  /**
   * Returns a buffer of the reserved size. Throws a RefusedException if it does not fit in memory.
   */
  INDArray buffer(DataType type) {
    if (!reserved.containsKey(type)) {
      throw new IllegalStateException("the workspace is closed");
    }
    if (!isTaken(type)) {
      require(type, reserved.get(type));
      INDArray buffer = Nd4j.createUninitialized(type, reserved.get(type));
      current.put(type, buffer);
      all.add(buffer);
    }
    return current.get(type);
  }

  private boolean isTaken(DataType type) {
    return current.containsKey(type) && current.get(type).length() >= reserved.get(type);
  }

  /** Returns the total size in bytes, including reservations. */
  public long bytes() {
    long taken = all.stream().mapToLong(b -> b.length() * b.dataType().width()).sum();
    return taken
        + reserved.entrySet().stream()
            .filter(entry -> !isTaken(entry.getKey()))
            .mapToLong(entry -> entry.getValue() * entry.getKey().width())
            .sum();
  }

  /** Frees the memory; the plans that use it must not run any more. */
  @Override
  public void close() {
    all.forEach(INDArray::close);
    all.clear();
    current.clear();
    reserved.clear();
  }
}
