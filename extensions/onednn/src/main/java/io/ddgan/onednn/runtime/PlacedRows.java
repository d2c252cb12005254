package io.ddgan.onednn.runtime;

import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.BatchCall.Places;
import java.util.Optional;

/** Where the rows of a value are: in memory or, those of an example, in a thread's work area. */
public final class PlacedRows {

  private final KernelRuntime runtime;
  private final Optional<NativeFloats> memory;
  private final int offset;
  private final int row;

  /**
   * The rows of a value.
   *
   * @param row numbers of each; they may be whole matrices
   */
  public PlacedRows(KernelRuntime runtime, Value value, Places places, int row) {
    Optional<Long> place = places.offset(value);
    this.runtime = runtime;
    this.memory = place.isPresent() ? Optional.empty() : Optional.of(KernelRuntime.numbers(value));
    this.offset = (int) (place.orElse(0L) / Float.BYTES);
    this.row = row;
  }

  public NativeFloats numbers(int worker) {
    return memory.orElseGet(() -> runtime.workArea(worker));
  }

  /**
   * Where a row begins.
   *
   * @param first the first row that is there, if it is a work area
   */
  public int at(int index, int first) {
    return offset + (memory.isPresent() ? index : index - first) * row;
  }
}
