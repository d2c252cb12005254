package io.ddgan.engine;

import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array in a plan. It has memory from the start (inputs, parameters, constants, gradients), is a
 * view of another value, or is placed when buffers are planned.
 *
 * <p>The framework places each value once, before any kernel is bound. Kernels access the array
 * only while their calls run, and must not keep it beyond the plan, when its memory may be
 * unmapped.
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

  /** Returns a value that is placed later. */
  public static Value planned(DataType dataType, long[] shape) {
    return new Value(dataType, shape.clone(), Optional.empty(), false, Optional.empty());
  }

  /** Returns a value in memory that the plan does not own. */
  public static Value fixed(INDArray array) {
    return new Value(array.dataType(), array.shape(), Optional.empty(), false, Optional.of(array));
  }

  /** Returns a value that is the same in every run. */
  public static Value constant(INDArray array) {
    return new Value(array.dataType(), array.shape(), Optional.empty(), true, Optional.of(array));
  }

  /** Returns a view of the same elements in another shape. */
  public Value reshaped(long... newShape) {
    if (hasShape(newShape)) {
      return this;
    }
    Optional<INDArray> view = array.map(a -> a.reshape('c', true, newShape));
    return new Value(dataType, newShape.clone(), Optional.of(root()), constant, view);
  }

  /** Returns the value of which this one is a view, or this value. */
  public Value root() {
    return base.orElse(this);
  }

  /** Returns the type of the elements. */
  public DataType dataType() {
    return dataType;
  }

  /** Returns a copy of the shape. */
  public long[] shape() {
    return shape.clone();
  }

  /** Returns the number of elements. */
  public long length() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** Returns whether the value has this shape. */
  public boolean hasShape(long[] other) {
    return Arrays.equals(shape, other);
  }

  /** Returns whether the elements are the same in every run. */
  public boolean isConstant() {
    return constant;
  }

  /** Returns whether the memory is known. A view is placed by the first call of {@link #array}. */
  public boolean isPlaced() {
    return array.isPresent();
  }

  /** Sets the memory, of this type and shape in row-major order. Only for the framework. */
  public void place(INDArray memory) {
    array = Optional.of(memory);
  }

  /**
   * Returns the array, in row-major order. Throws an IllegalStateException if the value is not
   * placed.
   */
  public INDArray array() {
    if (array.isEmpty()) {
      array = base.map(b -> b.array().reshape('c', true, shape));
    }
    return array.orElseThrow(() -> new IllegalStateException("the value is not placed yet"));
  }
}
