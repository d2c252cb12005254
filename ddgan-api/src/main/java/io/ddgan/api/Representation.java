package io.ddgan.api;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What the networks see in place of the data, example by example: data are encoded before they are
 * diffused, and samples decoded. Pictures, metrics and rounding to 8 bits are of decoded examples.
 *
 * <p>Several threads encode and decode at once.
 */
public interface Representation {

  /**
   * Shape of an encoded example.
   *
   * @param data shape of an example of the data
   * @throws RefusedException if such examples cannot be encoded; the message says why
   */
  DataShape shape(DataShape data);

  /**
   * Encodes an example.
   *
   * @param data shape of an example of the data
   * @param example its values, channel by channel and row by row; images are in [-1, 1]
   * @return the values of the encoded example in a new array, in the order of its {@link #shape}
   */
  float[] encode(DataShape data, float[] example);

  /**
   * Decodes an example, encoded or generated.
   *
   * @param data shape of an example of the data
   * @param encoded the values of an encoded example
   * @return the values of the example in a new array
   */
  float[] decode(DataShape data, float[] encoded);

  /**
   * Decodes examples within a graph, for files that other programs sample from. Empty, as it is by
   * default, if only {@link #decode(DataShape, float[])} can; then such files hold no more than the
   * generator.
   *
   * @param data shape of an example of the data
   * @param encoded encoded examples, {@code [N, ...shape]}
   * @param batch number of examples N
   * @return the examples, {@code [N, ...data]}
   */
  default Optional<SDVariable> decode(DataShape data, SDVariable encoded, int batch) {
    return Optional.empty();
  }
}
