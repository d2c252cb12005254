package io.ddgan.graph;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * The gradient of a slice that says nothing about the last dimensions: the native operation reads
 * beyond its arguments unless they are all named.
 */
final class StridedSliceGradientLowering implements Lowering {

  private static final int MASKS = 5;
  private static final int BEGIN = 0;
  private static final int ELLIPSIS = 1;
  private static final int END = 2;
  private static final int NEW_AXIS = 3;

  @Override
  public Optional<List<Value>> lower(TracedCall call, boolean[] wanted, Emitter emitter) {
    long[] arguments = ((DynamicCustomOp) call.operation()).iArgs();
    long[] shape = call.input(0).shape();
    int named = (arguments.length - MASKS) / 3;
    if (named >= shape.length || arguments[ELLIPSIS] != 0 || arguments[NEW_AXIS] != 0) {
      return Optional.empty();
    }
    int[] all = new int[MASKS + 3 * shape.length];
    for (int i = 0; i < MASKS; i++) {
      all[i] = Math.toIntExact(arguments[i]);
    }
    for (int part = 0; part < 3; part++) {
      for (int i = 0; i < named; i++) {
        all[MASKS + part * shape.length + i] = Math.toIntExact(arguments[MASKS + part * named + i]);
      }
    }
    for (int i = named; i < shape.length; i++) {
      all[BEGIN] |= 1 << i;
      all[END] |= 1 << i;
      all[MASKS + shape.length + i] = Math.toIntExact(shape[i]);
      all[MASKS + 2 * shape.length + i] = 1;
    }
    var complete = DynamicCustomOp.builder("strided_slice_bp").addIntegerArguments(all).build();
    return Optional.of(List.of(emitter.call(complete, shape, call.inputs().toArray(Value[]::new))));
  }
}
