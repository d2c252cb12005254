package io.ddgan.onednn.layout;

import io.ddgan.engine.Value;
import org.nd4j.linalg.api.buffer.DataType;

/** Computes shapes and strides of feature maps. */
public final class FeatureMaps {

  private FeatureMaps() {}

  /** Returns whether a value is float32 maps {@code [N, C, H, W]}. */
  public static boolean isMap(Value value) {
    return value.shape().length == 4 && value.dataType() == DataType.FLOAT;
  }

  /** Returns whether the layout matters: there are several channels and several pixels. */
  public static boolean isOrdered(long[] s) {
    return s[1] > 1 && s[2] * s[3] > 1;
  }

  /** Returns the shape {@code [N, H, W, C]} for {@code [N, C, H, W]}. */
  static long[] channelsLast(long[] s) {
    return new long[] {s[0], s[2], s[3], s[1]};
  }

  /** Returns the strides of {@code [N, C, H, W]} in memory of {@code [N, H, W, C]}. */
  public static long[] lastStrides(long[] s) {
    return new long[] {s[1] * s[2] * s[3], 1, s[1] * s[3], s[1]};
  }

  /** Returns the strides of row-major order. */
  public static long[] rowMajor(long... shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    return strides;
  }
}
