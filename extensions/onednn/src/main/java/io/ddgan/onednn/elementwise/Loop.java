package io.ddgan.onednn.elementwise;

import io.ddgan.onednn.runtime.Strip;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.FloatVector;

/** Something computed of single numbers. */
public interface Loop {

  /**
   * Computes it.
   *
   * @param x first arguments
   * @param y second arguments, where it has two
   * @param z third arguments, where it has three
   * @param to results
   * @param n how many, a multiple of the lanes
   * @param a the first constant, where it has one
   * @param b the second constant, where it has two
   */
  void applyLanes(Strip x, Strip y, Strip z, Strip to, int n, float a, float b);

  /** What is computed of a vector of each argument; of those that there are not, it reads none. */
  @FunctionalInterface
  interface Body {
    FloatVector of(FloatVector x, FloatVector y, FloatVector z, float a, float b);
  }

  /** A body, and how many arguments it reads. */
  record Computation(int arguments, Body body) {}

  /**
   * The loop of a body. Each is a class of its own, a copy of {@link CompiledLoop} in which the
   * body is constant: a loop that several bodies shared would be compiled for none of them, and
   * keep its vectors on the heap.
   */
  static Loop of(int arguments, Body body) {
    String name = CompiledLoop.class.getSimpleName() + ".class";
    try (InputStream code = CompiledLoop.class.getResourceAsStream(name)) {
      Lookup copy =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(
                  code.readAllBytes(), new Computation(arguments, body), true);
      return (Loop)
          copy.findConstructor(copy.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Throwable e) {
      throw new LinkageError("a loop over vectors cannot be made", e);
    }
  }
}
