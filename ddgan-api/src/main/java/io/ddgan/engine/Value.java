package io.ddgan.engine;

import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array in a plan. It either has memory of its own from the start (inputs, parameters,
 * constants, gradients), or is a view of another value, or gets its memory when buffers are
 * planned.
 *
 * <p>The framework places each value once, before any kernel is bound, and leaves it there for the
 * life of the plan. Kernels read and write the array's elements while their calls run, and keep no
 * array beyond the plan, whose memory may be unmapped then.
 */
public final class Value {

  private final DataType dataType;
  private final long[] shape;
  private final Optional<Value> base;
  private final boolean constant;
  private Optional<INDArray> array;

  private Value(
      DataType dataType,
      long[] shape,
      Optional<Value> base,
      boolean constant,
      Optional<INDArray> array) {
    this.dataType = dataType;
    this.shape = shape;
    this.base = base;
    this.constant = constant;
    this.array = array;
  }

  /** A value whose memory is planned later. */
  public static Value planned(DataType dataType, long[] shape) {
    return new Value(dataType, shape.clone(), Optional.empty(), false, Optional.empty());
  }

  /** A value in memory that something outside the plan's arena owns. */
  public static Value fixed(INDArray array) {
    return new Value(array.dataType(), array.shape(), Optional.empty(), false, Optional.of(array));
  }

  /** A value that is the same in every run. */
  public static Value constant(INDArray array) {
    return new Value(array.dataType(), array.shape(), Optional.empty(), true, Optional.of(array));
  }

  /** The same elements in another shape. */
  public Value reshaped(long... newShape) {
    if (hasShape(newShape)) {
      return this;
    }
    Optional<INDArray> view = array.map(a -> a.reshape('c', true, newShape));
    return new Value(dataType, newShape.clone(), Optional.of(root()), constant, view);
  }

  /** The value whose memory this one lies in. */
  public Value root() {
    return base.orElse(this);
  }

  /** The type of its elements. */
  public DataType dataType() {
    return dataType;
  }

  /** Its shape, a copy. */
  public long[] shape() {
    return shape.clone();
  }

  /** How many elements it has. */
  public long length() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** Whether it has this shape. */
  public boolean hasShape(long[] other) {
    return Arrays.equals(shape, other);
  }

  /** Whether its elements are the same in every run. */
  public boolean isConstant() {
    return constant;
  }

  /** Whether its memory is known by now. A view is placed once somebody has asked for its array. */
  public boolean isPlaced() {
    return array.isPresent();
  }

  /** Gives it its memory, of this type and shape in row-major order; for the framework alone. */
  public void place(INDArray memory) {
    array = Optional.of(memory);
  }

  /**
   * The array, in row-major order; views get theirs from their base. An IllegalStateException if it
   * is not placed.
   */
  public INDArray array() {
    if (array.isEmpty()) {
      array = base.map(b -> b.array().reshape('c', true, shape));
    }
    return array.orElseThrow(
        () -> new IllegalStateException("a value was used before it was placed"));
  }
}
