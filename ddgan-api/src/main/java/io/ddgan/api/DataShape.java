package io.ddgan.api;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Shape of one example, without the batch dimension: {@code [channels, height, width]} for an
 * image, {@code [dimensions]} for a point. All are at least 1, and an example fits into an array.
 */
public record DataShape(List<Integer> dimensions) {

  public DataShape {
    dimensions = List.copyOf(dimensions);
    if (dimensions.isEmpty() || dimensions.stream().anyMatch(d -> d < 1)) {
      throw new IllegalArgumentException("not the shape of an example: " + dimensions);
    }
    if (dimensions.stream().mapToDouble(d -> d).reduce(1, (a, b) -> a * b) > Integer.MAX_VALUE) {
      throw new RefusedException(
          "an example of the shape %s does not fit into an array; use smaller ones"
              .formatted(dimensions));
    }
  }

  /** Shape of an image. */
  public static DataShape image(int channels, int height, int width) {
    return new DataShape(List.of(channels, height, width));
  }

  /** Shape of a point in space. */
  public static DataShape point(int dimensions) {
    return new DataShape(List.of(dimensions));
  }

  /** Returns true if the shape is that of an image, with three dimensions. */
  public boolean isImage() {
    return dimensions.size() == 3;
  }

  /** Channels of an image, or dimensions of a point. */
  public int channels() {
    return dimensions.get(0);
  }

  /** Height of an image in pixels; an IllegalStateException of other shapes. */
  public int height() {
    return ofImage(1);
  }

  /** Width of an image in pixels; an IllegalStateException of other shapes. */
  public int width() {
    return ofImage(2);
  }

  private int ofImage(int dimension) {
    if (!isImage()) {
      throw new IllegalStateException(
          "not the shape of an image, with height and width: " + dimensions);
    }
    return dimensions.get(dimension);
  }

  /** Number of elements of one example. */
  public int size() {
    int size = 1;
    for (int dimension : dimensions) {
      size = Math.multiplyExact(size, dimension);
    }
    return size;
  }

  /** Shape of a batch: {@code [batch, ...dimensions]}. */
  public long[] batch(int batch) {
    long[] shape = new long[dimensions.size() + 1];
    Arrays.setAll(shape, i -> i == 0 ? batch : dimensions.get(i - 1));
    return shape;
  }

  @Override
  public String toString() {
    return dimensions.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
