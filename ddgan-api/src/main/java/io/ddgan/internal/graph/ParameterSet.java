package io.ddgan.internal.graph;

import io.ddgan.api.Initializer;
import io.ddgan.api.RefusedException;
import io.ddgan.random.RandomStreams;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * One flat buffer with a value for every element of a network's parameters: weights, gradients, a
 * moving average or an optimiser's moments. Operations on all parameters use {@link #flat()}.
 */
public final class ParameterSet implements AutoCloseable {

  private final ParameterLayout layout;
  private final INDArray flat;

  private ParameterSet(ParameterLayout layout, INDArray flat) {
    this.layout = layout;
    this.flat = flat;
  }

  /** Returns zeros; throws a RefusedException if they do not fit in memory. */
  public static ParameterSet zeros(ParameterLayout layout, DataType dataType) {
    requireAll(layout, dataType);
    return new ParameterSet(layout, Nd4j.zeros(dataType, layout.size()));
  }

  /**
   * Returns the network's initial weights. Each parameter has its own random stream, named by the
   * network and the parameter.
   */
  public static ParameterSet initialised(
      ParameterLayout layout, DataType dataType, String network, RandomStreams streams) {
    ParameterSet set = zeros(layout, dataType);
    try {
      for (ParameterLayout.Entry entry : layout.entries()) {
        var random = streams.stream("initialisation/" + network + "/" + entry.name());
        Initializer initializer = entry.initializer();
        float[] values = initializer.values(entry.dimensions(), random);
        if (values.length != entry.size()) {
          throw new RefusedException(
              "the network %s has a parameter %s of the shape %s, but its initialiser returned %d values instead of %d"
                  .formatted(network, entry.name(), entry.shape(), values.length, entry.size()));
        }
        set.set(entry.name(), values);
      }
      return set;
    } catch (RuntimeException | Error e) {
      set.close();
      throw e;
    }
  }

  private static void requireAll(ParameterLayout layout, DataType dataType) {
    NativeMemory.require(
        (double) layout.size() * dataType.width(),
        "a network's %,d parameters".formatted(layout.size()));
  }

  /** Returns the layout of the parameters. */
  public ParameterLayout layout() {
    return layout;
  }

  /** Returns the whole buffer as a vector. */
  public INDArray flat() {
    return flat;
  }

  /** Returns the size of the buffer in bytes. */
  public long bytes() {
    return flat.length() * flat.dataType().width();
  }

  /** Returns one parameter in its shape, as a view of the buffer. */
  public INDArray view(String name) {
    ParameterLayout.Entry entry = layout.entry(name);
    return flat.get(NDArrayIndex.interval(entry.offset(), entry.offset() + entry.size()))
        .reshape('c', true, entry.dimensions());
  }

  /** Overwrites one parameter with values in row-major order. */
  public void set(String name, float[] values) {
    ParameterLayout.Entry entry = layout.entry(name);
    if (values.length != entry.size()) {
      throw new IllegalArgumentException(
          "parameter %s has %d elements, not %d".formatted(name, entry.size(), values.length));
    }
    try (INDArray copy = Nd4j.createFromArray(values)) {
      view(name).assign(copy.reshape(entry.dimensions()));
    }
  }

  /** Returns one parameter's values in row-major order, without a copy. */
  public FloatBuffer values(String name) {
    ParameterLayout.Entry entry = layout.entry(name);
    FloatBuffer all = flat.data().asNioFloat();
    return all.slice(Math.toIntExact(entry.offset()), Math.toIntExact(entry.size()));
  }

  /** Returns a copy; throws a RefusedException if it does not fit in memory. */
  public ParameterSet copy() {
    requireAll(layout, flat.dataType());
    return new ParameterSet(layout, flat.dup());
  }

  @Override
  public void close() {
    flat.close();
  }
}
