package io.ddgan.onednn.runtime;

import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.BatchCall.Places;
import java.util.Optional;

/** The rows of a value: in memory or, for one example, in a thread's work area. */
public final class PlacedRows {

  private final KernelRuntime runtime;
  private final Optional<NativeFloats> memory;
  private final int offset;
  private final int row;

  /**
   * Locates the rows of a value.
   *
   * @param row elements per row; a row may be a whole matrix
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
   * Returns the start of a row.
   *
   * @param first the first row in the work area, if it is placed there
   */
  public int at(int index, int first) {
    return offset + (memory.isPresent() ? index : index - first) * row;
  }
}
