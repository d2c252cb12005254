package io.ddgan.contract;

import io.ddgan.api.DataShape;
import io.ddgan.api.GaussianMixture;
import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
import java.util.Optional;

/** Random examples, uniform in [-1, 1], with or without known modes and classes. */
record DrawnExamples(
    DataShape shape, int size, Optional<GaussianMixture> modes, Optional<Labels> labels)
    implements OpenDataset {

  @Override
  public void read(int index, float[] out, int offset) {
    double[] values = Draws.uniform("example/" + index, 1, shape.size());
    for (int i = 0; i < values.length; i++) {
      out[offset + i] = (float) values[i];
    }
  }
}
