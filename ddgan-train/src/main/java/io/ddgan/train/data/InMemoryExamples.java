package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.Modes;
import java.util.Objects;
import java.util.Optional;

/** Examples that lie in an array, one after the other. */
public final class InMemoryExamples implements Examples {

  private final DataShape shape;
  private final float[] values;
  private final Optional<Modes> modes;

  /**
   * Wraps an array, which must not be changed any more.
   *
   * @param shape shape of one example
   * @param values all examples, {@code [N, ...shape]}
   * @param modes the modes of their distribution, where known
   * @throws IllegalArgumentException if the array does not hold one or more whole examples
   */
  public InMemoryExamples(DataShape shape, float[] values, Optional<Modes> modes) {
    if (values.length == 0 || values.length % shape.size() != 0) {
      throw new IllegalArgumentException(
          values.length + " values are not a number of examples of shape " + shape);
    }
    this.shape = shape;
    this.values = values;
    this.modes = modes;
  }

  @Override
  public DataShape shape() {
    return shape;
  }

  @Override
  public int size() {
    return values.length / shape.size();
  }

  @Override
  public void read(int index, float[] out, int offset) {
    Objects.checkIndex(index, size());
    System.arraycopy(values, index * shape.size(), out, offset, shape.size());
  }

  @Override
  public Optional<Modes> modes() {
    return modes;
  }
}
