package io.ddgan.onednn.runtime;

import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import jdk.incubator.vector.FloatVector;
import org.bytedeco.javacpp.BytePointer;

/** float32 elements in native memory. Positions are in elements. */
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

  /** Wraps a direct buffer. */
  public NativeFloats(ByteBuffer buffer) {
    this.buffer = buffer.order(ByteOrder.nativeOrder());
    this.floats = this.buffer.asFloatBuffer();
    this.memory = ACCESS.memory(this.buffer);
    this.start = ACCESS.isAbsolute() ? new BytePointer(buffer).address() : 0;
    this.last = floats.capacity() - LANES;
  }

  /** Returns the size of elements in bytes. */
  public static long bytes(long numbers) {
    return numbers * Float.BYTES;
  }

  /** Returns whether a buffer can hold the elements. */
  public static boolean fit(long numbers) {
    return bytes(numbers) <= Integer.MAX_VALUE;
  }

  public FloatVector load(int at) {
    check(at);
    try {
      return (FloatVector) LOAD.invokeExact(memory, start + 4L * at, 4 * at);
    } catch (Error e) { // such as a LinkageError
      throw e;
    } catch (Throwable e) {
      throw outside(at, e);
    }
  }

  public void store(int at, FloatVector values) {
    check(at);
    try {
      STORE.invokeExact(values, memory, start + 4L * at, 4 * at);
    } catch (Error e) { // such as a LinkageError
      throw e;
    } catch (Throwable e) {
      throw outside(at, e);
    }
  }

  /** Checks that vectors fit at two positions. All positions between them need no checks then. */
  public void requireVectors(int lowest, int highest) {
    check(lowest);
    check(highest);
  }

  /** Returns the place of an element in bytes, for {@link #loadFrom} and {@link #storeTo}. */
  public long place(int at) {
    return start + 4L * at;
  }

  /** Reads a vector from a checked place. */
  public FloatVector loadFrom(long place) {
    try {
      return (FloatVector) LOAD.invokeExact(memory, place, (int) (place - start));
    } catch (Error e) { // such as a LinkageError
      throw e;
    } catch (Throwable e) {
      throw outside((int) ((place - start) / 4), e);
    }
  }

  /** Writes a vector to a checked place. */
  public void storeTo(long place, FloatVector values) {
    try {
      STORE.invokeExact(values, memory, place, (int) (place - start));
    } catch (Error e) { // such as a LinkageError
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
    return new IllegalStateException("cannot access the element " + at, e);
  }

  public float get(int at) {
    return floats.get(at);
  }

  public void put(int at, float value) {
    floats.put(at, value);
  }

  /** Copies consecutive elements to an array. */
  public void get(int at, float[] to, int first, int count) {
    floats.get(at, to, first, count);
  }

  /** Copies consecutive elements from an array. */
  public void put(int at, float[] from, int first, int count) {
    floats.put(at, from, first, count);
  }

  /** Copies consecutive elements from other native memory. */
  public void put(int at, NativeFloats from, int first, int count) {
    floats.put(at, from.floats, first, count);
  }

  /** Returns a part as a view. */
  public NativeFloats part(int at, int count) {
    return new NativeFloats(buffer.slice(at * Float.BYTES, count * Float.BYTES));
  }
}
