package io.ddgan.layers;

import io.ddgan.api.DataShape;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;

/** A batch of feature maps {@code [N, channels, height, width]} inside a network. */
public record FeatureMap(SDVariable value, int channels, int height, int width) {

  /** The feature maps of a network's input images {@code [N, ...shape]}. */
  public static FeatureMap of(SDVariable images, DataShape shape) {
    return new FeatureMap(images, shape.channels(), shape.height(), shape.width());
  }

  /** Concatenates the channels of maps of the same height and width. */
  public static FeatureMap concat(FeatureMap first, FeatureMap... others) {
    SDVariable[] values = new SDVariable[others.length + 1];
    values[0] = first.value;
    int channels = first.channels;
    for (int i = 0; i < others.length; i++) {
      FeatureMap other = others[i];
      if (other.height != first.height || other.width != first.width) {
        throw new IllegalArgumentException(
            "maps of %dx%d cannot be joined with those of %dx%d"
                .formatted(other.height, other.width, first.height, first.width));
      }
      values[i + 1] = other.value;
      channels += other.channels;
    }
    SDVariable all = first.value.getSameDiff().concat(1, values);
    return new FeatureMap(all, channels, first.height, first.width);
  }

  /** Returns maps of the same shape with other values. */
  public FeatureMap with(SDVariable newValue) {
    return new FeatureMap(newValue, channels, height, width);
  }

  /** Applies a function that keeps the shape, such as an activation. */
  public FeatureMap map(UnaryOperator<SDVariable> function) {
    return with(function.apply(value));
  }

  /** Adds a number per example and channel, {@code [N, channels]}, to all its pixels. */
  public FeatureMap shift(int batch, SDVariable perChannel) {
    return with(value.add(perChannel.reshape(batch, channels, 1, 1)));
  }

  /** Adds maps of the same shape; if rescaled, divides by the root of 2 to keep the variance. */
  public FeatureMap residual(FeatureMap other, boolean rescale) {
    SDVariable sum = value.add(other.value);
    return with(rescale ? sum.mul(Math.sqrt(0.5)) : sum);
  }

  /** The shape of the values in a batch of N examples. */
  public long[] shape(int batch) {
    return new long[] {batch, channels, height, width};
  }
}
