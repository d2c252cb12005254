package io.ddgan.onednn.runtime;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reads and writes vectors in native memory, which depends on the Java release. Since Java 19 it
 * uses memory segments. Before, it uses internals of the vectors if {@code --add-exports
 * java.base/jdk.internal.vm.vector=ALL-UNNAMED} is set, otherwise byte buffers. Those are slower:
 * the compiler cannot reorder their accesses. The method handles are constants, so they are
 * compiled like direct calls.
 *
 * @param load reads a vector from a memory object, a position in it and one in its buffer, in bytes
 * @param store writes a vector to the same
 * @param toMemory returns the memory object of a direct buffer
 * @param isAbsolute true if positions in memory are addresses, not relative to the buffer
 */
public record MemoryAccess(
    MethodHandle load, MethodHandle store, MethodHandle toMemory, boolean isAbsolute) {

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final VectorSpecies<Float> LANES = VectorLoops.LANES;
  private static final Lookup LOOKUP = MethodHandles.lookup();
  private static final int FIRST_WITH_SEGMENTS = 19;

  private static final MethodType LOAD =
      methodType(FloatVector.class, Object.class, long.class, int.class);
  private static final MethodType STORE =
      methodType(void.class, FloatVector.class, Object.class, long.class, int.class);
  private static final MethodType TO_MEMORY = methodType(Object.class, ByteBuffer.class);

  private static final MethodHandle FROM_BUFFER =
      own("fromBuffer", methodType(FloatVector.class, Object.class, int.class, Object.class));
  private static final MethodHandle INTO_BUFFER =
      own("intoBuffer", methodType(void.class, Object.class, int.class, Object.class));

  private static MethodHandle own(String name, MethodType type) {
    try {
      return LOOKUP.findStatic(MemoryAccess.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }

  /**
   * Returns the fastest access that this JVM supports.
   *
   * @throws LinkageError if it supports none
   */
  public static MemoryAccess fastest() {
    if (hasSegments()) {
      try {
        return segments();
      } catch (ReflectiveOperationException e) {
        throw unusable(e);
      }
    }
    try {
      return addresses();
    } catch (ReflectiveOperationException | LambdaConversionException e) {
      System.getLogger(MemoryAccess.class.getName())
          .log(System.Logger.Level.DEBUG, "using byte buffers for vectors, which is slower", e);
      return buffers();
    }
  }

  /** Returns whether vectors use memory segments; newer releases have no byte buffers. */
  public static boolean hasSegments() {
    return Runtime.version().feature() >= FIRST_WITH_SEGMENTS;
  }

  /** Returns the memory object of a buffer. */
  public Object memory(ByteBuffer buffer) {
    try {
      return (Object) toMemory.invokeExact(buffer);
    } catch (Throwable e) {
      throw unusable(e);
    }
  }

  private static MemoryAccess segments() throws ReflectiveOperationException {
    Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
    Lookup lookup = MethodHandles.publicLookup();
    MethodHandle load =
        lookup.findStatic(
            FloatVector.class,
            "fromMemorySegment",
            methodType(
                FloatVector.class, VectorSpecies.class, segment, long.class, ByteOrder.class));
    MethodHandle store =
        lookup.findVirtual(
            FloatVector.class,
            "intoMemorySegment",
            methodType(void.class, segment, long.class, ByteOrder.class));
    load = MethodHandles.insertArguments(load, 3, ORDER);
    load = MethodHandles.insertArguments(load, 0, LANES);
    store = MethodHandles.insertArguments(store, 3, ORDER);
    return new MemoryAccess(
        MethodHandles.dropArguments(load, 2, int.class).asType(LOAD),
        MethodHandles.dropArguments(store, 3, int.class).asType(STORE),
        lookup.findStatic(segment, "ofBuffer", methodType(segment, Buffer.class)).asType(TO_MEMORY),
        false);
  }

  private static MemoryAccess addresses()
      throws ReflectiveOperationException, LambdaConversionException {
    Class<?> support = Class.forName("jdk.internal.vm.vector.VectorSupport");
    MethodHandle load = LOOKUP.unreflect(method(support, "load"));
    MethodHandle store = LOOKUP.unreflect(method(support, "store"));
    Object slowLoad = implementation(load.type().lastParameterType(), FROM_BUFFER);
    Object slowStore = implementation(store.type().lastParameterType(), INTO_BUFFER);
    load =
        onNativeMemory(MethodHandles.insertArguments(load, 7, LANES, slowLoad))
            .asType(methodType(FloatVector.class, long.class, Object.class, int.class));
    store =
        onNativeMemory(MethodHandles.insertArguments(store, 8, slowStore))
            .asType(methodType(void.class, long.class, FloatVector.class, Object.class, int.class));
    return new MemoryAccess(
        MethodHandles.permuteArguments(load, LOAD, 1, 0, 2),
        MethodHandles.permuteArguments(store, STORE, 2, 0, 1, 3),
        MethodHandles.identity(ByteBuffer.class).asType(TO_MEMORY),
        true);
  }

  /** Binds a method's first arguments: the kind of vectors, and no array around them. */
  private static MethodHandle onNativeMemory(MethodHandle method) {
    return MethodHandles.insertArguments(
        method, 0, LANES.vectorType(), float.class, LANES.length(), null);
  }

  private static Method method(Class<?> type, String name) throws NoSuchMethodException {
    return Stream.of(type.getMethods())
        .filter(method -> method.getName().equals(name) && method.getParameterCount() == 9)
        .findFirst()
        .orElseThrow(() -> new NoSuchMethodException(name));
  }

  /** Returns the implementation for interpreted code. */
  private static Object implementation(Class<?> type, MethodHandle method)
      throws LambdaConversionException {
    Method single = type.getMethods()[0];
    MethodType signature = methodType(single.getReturnType(), single.getParameterTypes());
    try {
      return LambdaMetafactory.metafactory(
              LOOKUP, single.getName(), methodType(type), signature, method, signature)
          .getTarget()
          .invoke();
    } catch (Throwable e) {
      throw new LambdaConversionException(e);
    }
  }

  public static MemoryAccess buffers() {
    MethodHandle load = MethodHandles.insertArguments(FROM_BUFFER, 2, LANES);
    MethodHandle store =
        INTO_BUFFER.asType(methodType(void.class, Object.class, int.class, FloatVector.class));
    return new MemoryAccess(
        MethodHandles.dropArguments(load, 1, long.class),
        MethodHandles.permuteArguments(store, STORE, 1, 3, 0),
        MethodHandles.identity(ByteBuffer.class).asType(TO_MEMORY),
        false);
  }

  @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // found by name
  private static FloatVector fromBuffer(Object buffer, int at, Object species) {
    try {
      return (FloatVector) Buffers.LOAD.invokeExact(LANES, (ByteBuffer) buffer, at, ORDER);
    } catch (Throwable e) {
      throw unusable(e);
    }
  }

  @SuppressWarnings("UnusedMethod") // found by name
  private static void intoBuffer(Object buffer, int at, Object values) {
    try {
      Buffers.STORE.invokeExact((FloatVector) values, (ByteBuffer) buffer, at, ORDER);
    } catch (Throwable e) {
      throw unusable(e);
    }
  }

  private static LinkageError unusable(Throwable e) {
    return new LinkageError("cannot access native memory with vectors", e);
  }

  /** Access through byte buffers, until Java 18. */
  private static final class Buffers {

    static final MethodHandle LOAD;
    static final MethodHandle STORE;

    static {
      Lookup lookup = MethodHandles.publicLookup();
      try {
        LOAD =
            lookup.findStatic(
                FloatVector.class,
                "fromByteBuffer",
                methodType(
                    FloatVector.class,
                    VectorSpecies.class,
                    ByteBuffer.class,
                    int.class,
                    ByteOrder.class));
        STORE =
            lookup.findVirtual(
                FloatVector.class,
                "intoByteBuffer",
                methodType(void.class, ByteBuffer.class, int.class, ByteOrder.class));
      } catch (ReflectiveOperationException e) {
        throw unusable(e);
      }
    }
  }
}
