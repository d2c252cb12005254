package io.ddgan.eval.classifier;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.Labels;
import java.util.Optional;

/** Points in the plane with classes. */
record Points(Optional<Labels> labels) implements Examples {

  Points(Labels labels) {
    this(Optional.of(labels));
  }

  @Override
  public DataShape shape() {
    return DataShape.point(2);
  }

  @Override
  public int size() {
    return 100;
  }

  @Override
  public void read(int index, float[] out, int offset) {
    out[offset] = index;
    out[offset + 1] = index;
  }
}
