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
 * How vectors are read from native memory and written to it, which differs from one release of Java
 * to the next: by memory segments since Java 19; before, by what vectors themselves are made of,
 * where {@code --add-exports java.base/jdk.internal.vm.vector=ALL-UNNAMED} lets it; else by byte
 * buffers, which the compiler takes for arrays that may be anywhere, so that it keeps all accesses
 * in their order. The methods are looked up, and compiled like others because they are constants.
 *
 * @param load from an object of memory, a position in it and one in its buffer, both in bytes, to a
 *     vector
 * @param store a vector to the same
 * @param toMemory from a direct buffer to the object of its memory
 * @param isAbsolute whether positions in memory are addresses, not counted from the buffer's start
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
   * The fastest way that this virtual machine has.
   *
   * @throws LinkageError where there is none
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
          .log(System.Logger.Level.DEBUG, "vectors are read from byte buffers, which is slower", e);
      return buffers();
    }
  }

  /** Whether vectors are read from memory segments, and from byte buffers no more. */
  public static boolean hasSegments() {
    return Runtime.version().feature() >= FIRST_WITH_SEGMENTS;
  }

  /** The object by which the memory of a buffer is known. */
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

  /** Gives a method its first arguments: the kind of vectors, and no array that they are in. */
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

  /** What is done instead by code that is not compiled. */
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

  @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // found by its name
  private static FloatVector fromBuffer(Object buffer, int at, Object species) {
    try {
      return (FloatVector) Buffers.LOAD.invokeExact(LANES, (ByteBuffer) buffer, at, ORDER);
    } catch (Throwable e) {
      throw unusable(e);
    }
  }

  @SuppressWarnings("UnusedMethod") // found by its name
  private static void intoBuffer(Object buffer, int at, Object values) {
    try {
      Buffers.STORE.invokeExact((FloatVector) values, (ByteBuffer) buffer, at, ORDER);
    } catch (Throwable e) {
      throw unusable(e);
    }
  }

  private static LinkageError unusable(Throwable e) {
    return new LinkageError("native memory cannot be used", e);
  }

  /** What vectors have until Java 18, and what later releases do not compile. */
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
