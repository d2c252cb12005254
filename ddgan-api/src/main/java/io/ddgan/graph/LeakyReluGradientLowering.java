package io.ddgan.graph;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/** The gradient times 1 where x is positive, and times the slope elsewhere. */
final class LeakyReluGradientLowering implements Lowering {

  @Override
  public Optional<List<Value>> lower(TracedCall call, boolean[] wanted, Emitter emitter) {
    double slope = ((DynamicCustomOp) call.operation()).tArgs()[0];
    Value step = emitter.positive(call.input(0));
    Value derivative = emitter.plus(emitter.times(step, 1 - slope), slope);
    return Optional.of(List.of(emitter.times(call.input(1), derivative)));
  }
}
