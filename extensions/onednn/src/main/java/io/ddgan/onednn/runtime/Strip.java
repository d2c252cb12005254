package io.ddgan.onednn.runtime;

/**
 * Consecutive elements that loops compute with: in a thread's own memory, like a register, or in
 * the memory of a value. Loops read the place before they begin, because the compiler reloads all
 * fields around accesses to native memory.
 */
public final class Strip {

  private final NativeFloats own;
  private final int ownAt;
  private NativeFloats numbers;
  private int at;

  /**
   * Creates a strip in its own memory.
   *
   * @param own memory for the strip, from a position on
   */
  public Strip(NativeFloats own, int ownAt) {
    this.own = own;
    this.ownAt = ownAt;
    this.numbers = own;
    this.at = ownAt;
  }

  /** Moves the strip to its own memory. */
  public void beOwn() {
    numbers = own;
    at = ownAt;
  }

  /** Makes the strip a part of other memory. Its elements must fill whole vectors. */
  public void be(NativeFloats memory, int first, int count) {
    memory.requireVectors(first, first + count - VectorLoops.LANES.length());
    numbers = memory;
    at = first;
  }

  /** Returns the current memory. */
  public NativeFloats numbers() {
    return numbers;
  }

  /** Returns the place in the current memory. */
  public long place() {
    return numbers.place(at);
  }

  float get(int index) {
    return numbers.get(at + index);
  }

  /** Copies elements of other memory into the strip, from an index on. */
  public void put(int index, NativeFloats from, int first, int count) {
    numbers.put(at + index, from, first, count);
  }

  /** Copies elements from the start of the strip to a multiple of their count. */
  public void repeat(int index, int from, int count) {
    numbers.put(at + index, numbers, at + from, count);
  }

  public void fill(int first, int end, float value) {
    VectorLoops.fillLanes(numbers, at + first, at + end, value);
  }

  /** Copies the first elements to other memory. */
  public void copyTo(NativeFloats to, int first, int count) {
    to.put(first, numbers, at, count);
  }
}
