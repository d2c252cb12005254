package io.ddgan.onednn.runtime;

/**
 * Neighbouring numbers that loops compute with: in memory of a thread's own, as in a register, or
 * where a value has them. Loops ask for their place before they begin: around every access to
 * native memory the compiler reads all fields anew.
 */
public final class Strip {

  private final NativeFloats own;
  private final int ownAt;
  private NativeFloats numbers;
  private int at;

  /**
   * A piece in memory of its own.
   *
   * @param own memory for all of it, from a position on
   */
  public Strip(NativeFloats own, int ownAt) {
    this.own = own;
    this.ownAt = ownAt;
    this.numbers = own;
    this.at = ownAt;
  }

  /** From now on, it is in its own memory. */
  public void beOwn() {
    numbers = own;
    at = ownAt;
  }

  /** From now on, it is a part of other memory. Its numbers must fill vectors. */
  public void be(NativeFloats memory, int first, int count) {
    memory.requireVectors(first, first + count - VectorLoops.LANES.length());
    numbers = memory;
    at = first;
  }

  /** The memory that it is in. */
  public NativeFloats numbers() {
    return numbers;
  }

  /** Its place in that memory. */
  public long place() {
    return numbers.place(at);
  }

  float get(int index) {
    return numbers.get(at + index);
  }

  /** Copies numbers of others to where it has them from an index on. */
  public void put(int index, NativeFloats from, int first, int count) {
    numbers.put(at + index, from, first, count);
  }

  /** Copies numbers of its own from its beginning to a multiple of their count. */
  public void repeat(int index, int from, int count) {
    numbers.put(at + index, numbers, at + from, count);
  }

  public void fill(int first, int end, float value) {
    VectorLoops.fillLanes(numbers, at + first, at + end, value);
  }

  /** Copies its first numbers. */
  public void copyTo(NativeFloats to, int first, int count) {
    to.put(first, numbers, at, count);
  }
}
