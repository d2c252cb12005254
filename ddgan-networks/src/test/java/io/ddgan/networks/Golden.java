package io.ddgan.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.internal.weights.Npz;
import io.ddgan.internal.weights.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Reference outputs and gradients, computed by the paper's official implementation. */
public final class Golden {

  private final Map<String, INDArray> arrays;

  private Golden(Map<String, INDArray> arrays) {
    this.arrays = arrays;
  }

  /** Reads a golden file of the class path. */
  public static Golden load(String name) {
    Map<String, INDArray> arrays = new HashMap<>();
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".npz")) {
      Path file = Files.createTempFile("golden", ".npz");
      try {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        Npz.read(file).forEach((array, tensor) -> arrays.put(array, array(tensor)));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Golden(arrays);
  }

  private static INDArray array(Tensor tensor) {
    long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
    return Nd4j.createFromArray(tensor.toArray()).reshape(shape);
  }

  INDArray get(String name) {
    INDArray array = arrays.get(name);
    assertTrue(array != null, () -> "the golden file has no array " + name);
    return array;
  }

  /** An array's values in row-major order. */
  public float[] values(String name) {
    return get(name).dup('c').data().asFloat();
  }

  /** The reference's weights, which must be all of the layout's and no others. */
  ParameterSet parameters(ParameterLayout layout, DataType type) {
    long expected = arrays.keySet().stream().filter(k -> k.startsWith("param.")).count();
    assertTrue(expected == layout.entries().size(), "another number of parameters");
    ParameterSet set = ParameterSet.zeros(layout, type);
    for (ParameterLayout.Entry entry : layout.entries()) {
      INDArray golden = get("param." + entry.name());
      assertArrayEquals(
          golden.shape(),
          entry.shape().stream().mapToLong(Long::longValue).toArray(),
          () -> "shape of " + entry.name());
      set.view(entry.name()).assign(golden.castTo(type));
    }
    return set;
  }

  /** |a - b| <= 1e-4 + 1e-3 |b|. */
  void assertClose(String name, INDArray actual) {
    assertClose(name, actual, 1);
  }

  /** So many times 1e-4 + 1e-3 |b|. */
  void assertClose(String name, INDArray actual, double tolerance) {
    float[] a = actual.dup('c').data().asFloat();
    float[] b = get(name).dup('c').data().asFloat();
    assertTrue(a.length == b.length, () -> name + " has another length");
    for (int i = 0; i < a.length; i++) {
      int at = i;
      assertTrue(
          Math.abs(a[i] - b[i]) <= tolerance * (1e-4 + 1e-3 * Math.abs(b[i])),
          () -> "%s[%d] is %g, the reference has %g".formatted(name, at, a[at], b[at]));
    }
  }

  /** The reference has no gradient of what it does not train; here it is zero. */
  void assertClose(String prefix, ParameterSet actual, double tolerance) {
    for (ParameterLayout.Entry entry : actual.layout().entries()) {
      if (entry.isTrained()) {
        assertClose(prefix + entry.name(), actual.view(entry.name()), tolerance);
      } else {
        assertEquals(0, actual.view(entry.name()).amaxNumber().doubleValue(), entry.name());
      }
    }
  }
}
