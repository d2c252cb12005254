package io.ddgan.api;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Encodes examples for the networks. Data are encoded before they are diffused, and samples
 * decoded. Pictures, metrics and rounding to 8 bits use decoded examples.
 *
 * <p>Must be thread-safe.
 */
public interface Representation {

  /** Shape of an encoded example; a RefusedException if such examples cannot be encoded. */
  DataShape encodedShape(DataShape data);

  /** Encodes an example, channel by channel and row by row, images in [-1, 1], into a new array. */
  float[] encode(DataShape data, float[] example);

  /** Decodes an example, encoded or generated, into a new array. */
  float[] decode(DataShape data, float[] encoded);

  /**
   * Decodes N examples {@code [N, ...shape]} within a graph into {@code [N, ...data]}, for exported
   * models. Empty if only {@link #decode(DataShape, float[])} is supported; then exports contain
   * only the generator.
   */
  default Optional<SDVariable> decode(DataShape data, SDVariable encoded, int batch) {
    return Optional.empty();
  }
}
