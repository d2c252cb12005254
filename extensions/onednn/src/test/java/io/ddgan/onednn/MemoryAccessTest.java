package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.onednn.runtime.MemoryAccess;
import io.ddgan.onednn.runtime.NativeFloats;
import io.ddgan.onednn.runtime.VectorLoops;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Vectors come from native memory and go there, whatever this release of Java has for it. */
class MemoryAccessTest {

  private static final int LANES = VectorLoops.LANES.length();

  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(4 * LANES * Float.BYTES).order(ByteOrder.nativeOrder());

  static Stream<MemoryAccess> all() {
    return MemoryAccess.hasSegments()
        ? Stream.of(MemoryAccess.fastest())
        : Stream.of(MemoryAccess.fastest(), MemoryAccess.buffers());
  }

  @ParameterizedTest
  @MethodSource("all")
  void vectorsLieWhereTheirPositionSays(MemoryAccess access) throws Throwable {
    for (int i = 0; i < 4 * LANES; i++) {
      buffer.putFloat(i * Float.BYTES, i);
    }
    Object memory = access.memory(buffer);
    long start = access.isAbsolute() ? new BytePointer(buffer).address() : 0;
    int at = 3 * Float.BYTES; // not aligned
    FloatVector read = (FloatVector) access.load().invokeExact(memory, start + at, at);
    float[] expected = new float[LANES];
    for (int i = 0; i < LANES; i++) {
      expected[i] = 3 + i;
    }
    assertArrayEquals(expected, read.toArray());
    int to = 2 * LANES * Float.BYTES;
    access.store().invokeExact(read, memory, start + to, to);
    assertEquals(3, buffer.getFloat(to));
    assertEquals(2 + LANES, buffer.getFloat(to + (LANES - 1) * Float.BYTES));
    assertEquals(2 * LANES - 1, buffer.getFloat(to - Float.BYTES));
  }

  @Test
  void placesAreThoseOfPositions() {
    NativeFloats numbers = new NativeFloats(buffer);
    for (int i = 0; i < 4 * LANES; i++) {
      numbers.put(i, i);
    }
    numbers.requireVectors(1, 3 * LANES);
    numbers.storeTo(numbers.place(3 * LANES), numbers.loadFrom(numbers.place(1)));
    assertArrayEquals(numbers.load(1).toArray(), numbers.load(3 * LANES).toArray());
  }

  @Test
  void theTestsOfThisModuleRunWithTheFasterWay() {
    assertTrue(MemoryAccess.fastest().isAbsolute() || MemoryAccess.hasSegments());
  }

  @Test
  void positionsOutsideAreRefusedInsteadOfCrashing() {
    NativeFloats numbers = new NativeFloats(buffer);
    for (int at : new int[] {-1, 3 * LANES + 1, Integer.MAX_VALUE}) {
      assertThrows(IllegalStateException.class, () -> numbers.load(at));
      assertThrows(IllegalStateException.class, () -> numbers.requireVectors(0, at));
      assertThrows(IllegalStateException.class, () -> numbers.requireVectors(at, 0));
      assertThrows(IllegalStateException.class, () -> numbers.store(at, numbers.load(3 * LANES)));
    }
  }
}
