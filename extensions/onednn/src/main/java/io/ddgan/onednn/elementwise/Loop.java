package io.ddgan.onednn.elementwise;

import io.ddgan.onednn.runtime.Strip;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.FloatVector;

/** A vectorised loop over elements. */
public interface Loop {

  /**
   * Computes the results.
   *
   * @param x first arguments
   * @param y second arguments, if any
   * @param z third arguments, if any
   * @param to results
   * @param n number of elements, a multiple of the lanes
   * @param a first constant, if any
   * @param b second constant, if any
   */
  void applyLanes(Strip x, Strip y, Strip z, Strip to, int n, float a, float b);

  /** Computes a vector of results; ignores arguments that it does not have. */
  @FunctionalInterface
  interface Body {
    FloatVector of(FloatVector x, FloatVector y, FloatVector z, float a, float b);
  }

  /** A body and its number of arguments. */
  record Computation(int arguments, Body body) {}

  /**
   * Returns the loop of a body. Each loop is a separate class, a copy of {@link CompiledLoop} with
   * a constant body: a shared loop would not be specialised and would allocate its vectors.
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
      throw new LinkageError("cannot define a vector loop", e);
    }
  }
}
