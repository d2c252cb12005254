package io.ddgan.contract;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.Labels;
import io.ddgan.api.Modes;
import java.util.Optional;

/** Random examples, uniform in [-1, 1], with or without known modes and classes. */
record DrawnExamples(DataShape shape, int size, Optional<Modes> modes, Optional<Labels> labels)
    implements Examples {

  @Override
  public void read(int index, float[] out, int offset) {
    double[] values = Draws.uniform("example/" + index, 1, shape.size());
    for (int i = 0; i < values.length; i++) {
      out[offset + i] = (float) values[i];
    }
  }
}
