package io.ddgan.graph;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;

/** max(x, slope x), for a slope from 0 to 1. */
final class LeakyReluLowering implements Lowering {

  @Override
  public Optional<List<Value>> lower(TracedCall call, boolean[] wanted, Emitter emitter) {
    double slope = ((LeakyReLU) call.operation()).scalar().getDouble(0);
    if (slope < 0 || slope > 1) {
      return Optional.empty();
    }
    Value x = call.input(0);
    return Optional.of(List.of(emitter.maximum(x, emitter.times(x, slope))));
  }
}
