package io.ddgan.onednn.runtime;

import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import jdk.incubator.vector.FloatVector;
import org.bytedeco.javacpp.BytePointer;

/** float32 numbers in native memory. Positions are counted in numbers. */
public final class NativeFloats {

  private static final MemoryAccess ACCESS = MemoryAccess.fastest();
  private static final MethodHandle LOAD = ACCESS.load();
  private static final MethodHandle STORE = ACCESS.store();
  private static final int LANES = VectorLoops.LANES.length();

  private final ByteBuffer buffer;
  private final FloatBuffer floats;
  private final Object memory;
  private final long start;
  private final int last;

  /** The numbers of a direct buffer. */
  public NativeFloats(ByteBuffer buffer) {
    this.buffer = buffer.order(ByteOrder.nativeOrder());
    this.floats = this.buffer.asFloatBuffer();
    this.memory = ACCESS.memory(this.buffer);
    this.start = ACCESS.isAbsolute() ? new BytePointer(buffer).address() : 0;
    this.last = floats.capacity() - LANES;
  }

  /** Bytes of so many numbers. */
  public static long bytes(long numbers) {
    return numbers * Float.BYTES;
  }

  /** Whether so many numbers lie within what a buffer can have. */
  public static boolean fit(long numbers) {
    return bytes(numbers) <= Integer.MAX_VALUE;
  }

  public FloatVector load(int at) {
    check(at);
    try {
      return (FloatVector) LOAD.invokeExact(memory, start + 4L * at, 4 * at);
    } catch (Error e) { // such as that vectors cannot be read at all
      throw e;
    } catch (Throwable e) {
      throw outside(at, e);
    }
  }

  public void store(int at, FloatVector values) {
    check(at);
    try {
      STORE.invokeExact(values, memory, start + 4L * at, 4 * at);
    } catch (Error e) { // such as that vectors cannot be read at all
      throw e;
    } catch (Throwable e) {
      throw outside(at, e);
    }
  }

  /**
   * Fails unless vectors can be at two positions, and so at all between them, which need no checks
   * of their own then.
   */
  public void requireVectors(int lowest, int highest) {
    check(lowest);
    check(highest);
  }

  /** The place of a number, for {@link #loadFrom} and {@link #storeTo}: places count bytes. */
  public long place(int at) {
    return start + 4L * at;
  }

  /** Reads a vector from a place that is known to have one. */
  public FloatVector loadFrom(long place) {
    try {
      return (FloatVector) LOAD.invokeExact(memory, place, (int) (place - start));
    } catch (Error e) { // such as that vectors cannot be read at all
      throw e;
    } catch (Throwable e) {
      throw outside((int) ((place - start) / 4), e);
    }
  }

  /** Writes a vector to a place that is known to have one. */
  public void storeTo(long place, FloatVector values) {
    try {
      STORE.invokeExact(values, memory, place, (int) (place - start));
    } catch (Error e) { // such as that vectors cannot be read at all
      throw e;
    } catch (Throwable e) {
      throw outside((int) ((place - start) / 4), e);
    }
  }

  private void check(int at) {
    if (at < 0 || at > last) {
      throw outside(at, new IndexOutOfBoundsException(at));
    }
  }

  private static IllegalStateException outside(int at, Throwable e) {
    return new IllegalStateException("numbers at " + at + " cannot be reached", e);
  }

  public float get(int at) {
    return floats.get(at);
  }

  public void put(int at, float value) {
    floats.put(at, value);
  }

  /** Copies neighbouring numbers to an array. */
  public void get(int at, float[] to, int first, int count) {
    floats.get(at, to, first, count);
  }

  /** Copies neighbouring numbers from an array. */
  public void put(int at, float[] from, int first, int count) {
    floats.put(at, from, first, count);
  }

  /** Copies neighbouring numbers of others. */
  public void put(int at, NativeFloats from, int first, int count) {
    floats.put(at, from.floats, first, count);
  }

  /** A part of these. */
  public NativeFloats part(int at, int count) {
    return new NativeFloats(buffer.slice(at * Float.BYTES, count * Float.BYTES));
  }
}
