package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.GaussianMixture;
import io.ddgan.api.OpenDataset;
import java.util.Objects;
import java.util.Optional;

/**
 * Examples in an array, one after the other.
 *
 * @param shape shape of one example
 * @param values all examples, {@code [N, ...shape]}, which must not be modified afterwards
 * @param modes the modes of the distribution, if known
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record InMemoryExamples(DataShape shape, float[] values, Optional<GaussianMixture> modes)
    implements OpenDataset {

  @Override
  public int size() {
    return values.length / shape.size();
  }

  @Override
  public void read(int index, float[] out, int offset) {
    Objects.checkIndex(index, size());
    System.arraycopy(values, index * shape.size(), out, offset, shape.size());
  }
}
