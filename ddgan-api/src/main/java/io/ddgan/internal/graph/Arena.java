package io.ddgan.internal.graph;

import io.ddgan.engine.Call;
import io.ddgan.engine.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Assigns memory in a workspace to a plan's intermediate values. A value occupies its memory from
 * the call that writes it to the last call that reads it; then the memory is reused.
 */
final class Arena {

  /** Alignment in elements: a cache line of 64 bytes. */
  private static final long ALIGNMENT = 16;

  private final Map<DataType, Long> capacities = new HashMap<>();
  private final Map<Value, Long> offsets;

  private Arena(Map<DataType, FreeList> lists, Map<Value, Long> offsets) {
    lists.forEach((type, list) -> capacities.put(type, list.capacity()));
    this.offsets = offsets;
  }

  /** Plans the memory of all calls' values; later calls never overwrite {@code kept} values. */
  static Arena of(List<? extends Call> calls, Set<Value> kept) {
    Map<Value, Integer> lastUse = new HashMap<>();
    for (int i = 0; i < calls.size(); i++) {
      for (Value v : calls.get(i).inputs()) {
        lastUse.put(v.root(), i);
      }
      for (Value v : calls.get(i).outputs()) {
        lastUse.merge(v.root(), i, Math::max);
      }
    }
    kept.forEach(v -> lastUse.put(v.root(), calls.size()));

    Map<DataType, FreeList> free = new HashMap<>();
    Map<Value, Long> offsets = new HashMap<>();
    Map<Integer, List<Value>> expiring = new HashMap<>();
    for (int i = 0; i < calls.size(); i++) {
      for (Value v : calls.get(i).outputs()) {
        Value root = v.root();
        if (!root.isPlaced() && !offsets.containsKey(root)) {
          FreeList list = free.computeIfAbsent(root.dataType(), t -> new FreeList());
          offsets.put(root, list.take(aligned(root)));
          expiring.computeIfAbsent(lastUse.get(root), k -> new ArrayList<>()).add(root);
        }
      }
      for (Value v : expiring.getOrDefault(i, List.of())) {
        free.get(v.dataType()).giveBack(offsets.get(v), aligned(v));
      }
    }
    return new Arena(free, offsets);
  }

  /** Returns the total size in bytes. */
  long bytes() {
    return capacities.entrySet().stream().mapToLong(e -> e.getValue() * e.getKey().width()).sum();
  }

  /** Reserves the memory in a workspace. */
  void reserve(Workspace workspace) {
    capacities.forEach(workspace::reserve);
  }

  /** Assigns the values their memory in a workspace. */
  void place(Workspace workspace) {
    Map<DataType, INDArray> buffers = new HashMap<>();
    capacities.keySet().forEach(type -> buffers.put(type, workspace.buffer(type)));
    offsets.forEach((v, offset) -> v.place(view(buffers.get(v.dataType()), offset, v.shape())));
  }

  /** Returns a part of a vector as a view in another shape. */
  static INDArray view(INDArray buffer, long offset, long[] shape) {
    long[] strides = shape.length == 0 ? new long[0] : Nd4j.getStrides(shape, 'c');
    return Nd4j.create(buffer.data(), shape, strides, offset, 'c');
  }

  private static long aligned(Value v) {
    return (Math.max(1, v.length()) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Free segments of a buffer that grows at its end. */
  private static final class FreeList {

    private final TreeMap<Long, Long> segments = new TreeMap<>();
    private long end;
    private long capacity;

    long capacity() {
      return capacity;
    }

    long take(long length) {
      var best =
          segments.entrySet().stream()
              .filter(s -> s.getValue() >= length)
              .min(Comparator.comparingLong(Map.Entry::getValue));
      if (best.isPresent()) {
        long offset = best.get().getKey();
        long size = segments.remove(offset);
        if (size > length) {
          segments.put(offset + length, size - length);
        }
        return offset;
      }
      long offset = end;
      var last = segments.lastEntry();
      if (last != null && last.getKey() + last.getValue() == end) {
        offset = last.getKey();
        segments.remove(offset);
      }
      end = offset + length;
      capacity = Math.max(capacity, end);
      return offset;
    }

    void giveBack(long offset, long length) {
      var before = segments.floorEntry(offset);
      if (before != null && before.getKey() + before.getValue() == offset) {
        segments.remove(before.getKey());
        offset = before.getKey();
        length += before.getValue();
      }
      Long after = segments.remove(offset + length);
      segments.put(offset, after == null ? length : length + after);
    }
  }
}
