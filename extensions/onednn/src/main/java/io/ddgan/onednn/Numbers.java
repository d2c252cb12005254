package io.ddgan.onednn;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * float32 numbers in native memory. Positions are counted in numbers. Vectors are read from byte
 * buffers by Java 17 and 18, and from memory segments by later ones, which 17 does not know: those
 * methods are looked up, and compiled like others because they are constants.
 */
final class Numbers {

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final VectorSpecies<Float> LANES = Vectors.LANES;

  private static final boolean HAS_SEGMENTS = java.lang.Runtime.version().feature() > 18;
  private static final MethodHandle SEGMENT = segments();
  private static final MethodHandle LOAD = loads();
  private static final MethodHandle STORE = stores();

  private final ByteBuffer buffer;
  private final FloatBuffer floats;
  private final Object segment;

  /** The numbers of a direct buffer. */
  Numbers(ByteBuffer buffer) {
    this.buffer = buffer;
    this.floats = buffer.order(ORDER).asFloatBuffer();
    try {
      this.segment = (Object) SEGMENT.invokeExact(buffer);
    } catch (Throwable e) {
      throw new LinkageError("Java's memory segments cannot be used", e);
    }
  }

  private static Class<?> segment() throws ClassNotFoundException {
    return Class.forName("java.lang.foreign.MemorySegment");
  }

  private static MethodHandle segments() {
    MethodType type = MethodType.methodType(Object.class, ByteBuffer.class);
    try {
      return HAS_SEGMENTS
          ? MethodHandles.publicLookup()
              .findStatic(
                  segment(), "ofBuffer", MethodType.methodType(segment(), java.nio.Buffer.class))
              .asType(type)
          : MethodHandles.identity(ByteBuffer.class).asType(type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Java's memory segments cannot be used", e);
    }
  }

  private static MethodHandle loads() {
    if (!HAS_SEGMENTS) {
      return MethodHandles.empty(
          MethodType.methodType(FloatVector.class, Object.class, long.class));
    }
    try {
      MethodHandle load =
          MethodHandles.publicLookup()
              .findStatic(
                  FloatVector.class,
                  "fromMemorySegment",
                  MethodType.methodType(
                      FloatVector.class,
                      VectorSpecies.class,
                      segment(),
                      long.class,
                      ByteOrder.class));
      load = MethodHandles.insertArguments(load, 3, ORDER);
      load = MethodHandles.insertArguments(load, 0, LANES);
      return load.asType(MethodType.methodType(FloatVector.class, Object.class, long.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Java's vectors cannot be used", e);
    }
  }

  private static MethodHandle stores() {
    MethodType type =
        MethodType.methodType(void.class, FloatVector.class, Object.class, long.class);
    if (!HAS_SEGMENTS) {
      return MethodHandles.empty(type);
    }
    try {
      MethodHandle store =
          MethodHandles.publicLookup()
              .findVirtual(
                  FloatVector.class,
                  "intoMemorySegment",
                  MethodType.methodType(void.class, segment(), long.class, ByteOrder.class));
      return MethodHandles.insertArguments(store, 3, ORDER).asType(type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Java's vectors cannot be used", e);
    }
  }

  FloatVector load(int at) {
    if (!HAS_SEGMENTS) {
      return FloatVector.fromByteBuffer(LANES, buffer, at * Float.BYTES, ORDER);
    }
    try {
      return (FloatVector) LOAD.invokeExact(segment, (long) at * Float.BYTES);
    } catch (Throwable e) {
      throw outside(at, e);
    }
  }

  void store(int at, FloatVector values) {
    if (!HAS_SEGMENTS) {
      values.intoByteBuffer(buffer, at * Float.BYTES, ORDER);
      return;
    }
    try {
      STORE.invokeExact(values, segment, (long) at * Float.BYTES);
    } catch (Throwable e) {
      throw outside(at, e);
    }
  }

  private static IllegalStateException outside(int at, Throwable e) {
    return new IllegalStateException("numbers at " + at + " cannot be reached", e);
  }

  float get(int at) {
    return floats.get(at);
  }

  void put(int at, float value) {
    floats.put(at, value);
  }

  /** Copies neighbouring numbers to an array. */
  void get(int at, float[] to, int first, int count) {
    floats.get(at, to, first, count);
  }

  /** Copies neighbouring numbers from an array. */
  void put(int at, float[] from, int first, int count) {
    floats.put(at, from, first, count);
  }

  /** A part of these. */
  Numbers part(int at, int count) {
    return new Numbers(buffer.slice(at * Float.BYTES, count * Float.BYTES));
  }
}
