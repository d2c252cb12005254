package io.ddgan.internal.graph;

import static java.util.Map.entry;

import io.ddgan.engine.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/** The lowerings of SameDiff's gradient operations. */
final class GradientLowerings {

  private static final int CONVOLUTION_STRIDES = 2;
  private static final int CONVOLUTION_DILATIONS = 6;
  private static final int CONVOLUTION_WEIGHTS = 10;

  private static final int SLICE_MASKS = 5;
  private static final int SLICE_BEGIN = 0;
  private static final int SLICE_ELLIPSIS = 1;
  private static final int SLICE_END = 2;
  private static final int SLICE_NEW_AXIS = 3;

  private GradientLowerings() {}

  static Map<String, Lowering> all() {
    return Map.ofEntries(
        entry("add_bp", GradientLowerings::add),
        entry("subtract_bp", GradientLowerings::subtract),
        entry("multiply_bp", GradientLowerings::multiply),
        entry("divide_bp", GradientLowerings::divide),
        entry("lrelu_bp", GradientLowerings::leakyRelu),
        entry("reduce_sum_bp", GradientLowerings::sum),
        entry("reduce_mean_bp", GradientLowerings::mean),
        entry("matmul_bp", GradientLowerings::product),
        entry("conv2d_bp", GradientLowerings::convolution),
        entry("strided_slice_bp", GradientLowerings::slice));
  }

  /** Gradients of x + y: the gradient, summed over the broadcast dimensions. */
  private static Optional<List<Value>> add(TracedCall call, boolean[] wanted, Emitter emitter) {
    Value g = call.input(2);
    return ofBoth(
        call,
        wanted,
        () -> emitter.sumTo(g, call.input(0).shape()),
        () -> emitter.sumTo(g, call.input(1).shape()));
  }

  /** Gradients of x - y: as for x + y, negated for y. */
  private static Optional<List<Value>> subtract(
      TracedCall call, boolean[] wanted, Emitter emitter) {
    Value g = call.input(2);
    return ofBoth(
        call,
        wanted,
        () -> emitter.sumTo(g, call.input(0).shape()),
        () -> emitter.times(emitter.sumTo(g, call.input(1).shape()), -1));
  }

  /**
   * Gradients of x y: the gradient times the other factor, summed over the broadcast dimensions.
   */
  private static Optional<List<Value>> multiply(
      TracedCall call, boolean[] wanted, Emitter emitter) {
    Value x = call.input(0);
    Value y = call.input(1);
    Value g = call.input(2);
    return ofBoth(
        call,
        wanted,
        () -> emitter.sumTo(emitter.times(g, y), x.shape()),
        () -> emitter.sumTo(emitter.times(g, x), y.shape()));
  }

  /** Gradients of x / y: g / y and -(g / y)(x / y), summed over the broadcast dimensions. */
  private static Optional<List<Value>> divide(TracedCall call, boolean[] wanted, Emitter emitter) {
    Value x = call.input(0);
    Value y = call.input(1);
    Value byX = emitter.dividedBy(call.input(2), y);
    return ofBoth(
        call,
        wanted,
        () -> emitter.sumTo(byX, x.shape()),
        () -> {
          Value byY = emitter.times(byX, emitter.dividedBy(x, y));
          return emitter.times(emitter.sumTo(byY, y.shape()), -1);
        });
  }

  /** Gradient of leaky ReLU: times 1 where x is positive, times the slope elsewhere. */
  private static Optional<List<Value>> leakyRelu(
      TracedCall call, boolean[] wanted, Emitter emitter) {
    double slope = ((DynamicCustomOp) call.operation()).tArgs()[0];
    Value step = emitter.positive(call.input(0));
    Value derivative = emitter.plus(emitter.times(step, 1 - slope), slope);
    return Optional.of(List.of(emitter.times(call.input(1), derivative)));
  }

  /** Gradient of a sum: the same for every element. */
  private static Optional<List<Value>> sum(TracedCall call, boolean[] wanted, Emitter emitter) {
    return Reduction.ofGradient(call)
        .map(r -> List.of(r.spread(emitter, call.input(1).reshaped(r.kept()))));
  }

  /** Gradient of a mean: divided by the number of elements. */
  private static Optional<List<Value>> mean(TracedCall call, boolean[] wanted, Emitter emitter) {
    return Reduction.ofGradient(call)
        .map(
            r -> {
              Value gradient = emitter.times(call.input(1).reshaped(r.kept()), r.share());
              return List.of(r.spread(emitter, gradient));
            });
  }

  /** Gradients of a matrix product, only those that are needed. */
  private static Optional<List<Value>> product(TracedCall call, boolean[] wanted, Emitter emitter) {
    long[] flags = ((DynamicCustomOp) call.operation()).iArgs();
    Value a = call.input(0);
    Value b = call.input(1);
    Value g = call.input(2);
    boolean ta = flags[0] == 1;
    boolean tb = flags[1] == 1;
    if (flags[2] == 1 || a.shape().length != b.shape().length || a.shape().length < 2) {
      return Optional.empty();
    }
    return ofBoth(
        call,
        wanted,
        () -> ta ? emitter.product(b, tb, g, true) : emitter.product(g, false, b, !tb),
        () -> tb ? emitter.product(g, true, a, ta) : emitter.product(a, !ta, g, false));
  }

  /** Gradient of a convolution's input: a transposed convolution with the same weights. */
  private static Optional<List<Value>> convolution(
      TracedCall call, boolean[] wanted, Emitter emitter) {
    long[] arguments = ((DynamicCustomOp) call.operation()).iArgs();
    if (!isFirstAlone(wanted) || !isPlainConvolution(arguments)) {
      return Optional.empty();
    }
    Value gradient = call.inputs().get(call.inputs().size() - 1);
    var transposed =
        DynamicCustomOp.builder("deconv2d")
            .addIntegerArguments(Arrays.stream(arguments).mapToInt(Math::toIntExact).toArray())
            .build();
    Value input = emitter.call(transposed, call.input(0).shape(), gradient, call.input(1));
    List<Value> outputs = new ArrayList<>(call.outputs());
    outputs.set(0, input);
    return Optional.of(outputs);
  }

  private static boolean isFirstAlone(boolean[] wanted) {
    return wanted[0] && IntStream.range(1, wanted.length).noneMatch(i -> wanted[i]);
  }

  /** Returns whether it has no strides or dilations, and weights [out, in, height, width]. */
  private static boolean isPlainConvolution(long[] arguments) {
    return arguments[CONVOLUTION_STRIDES] == 1
        && arguments[CONVOLUTION_STRIDES + 1] == 1
        && arguments[CONVOLUTION_DILATIONS] == 1
        && arguments[CONVOLUTION_DILATIONS + 1] == 1
        && arguments.length > CONVOLUTION_WEIGHTS
        && arguments[CONVOLUTION_WEIGHTS] == 1;
  }

  /**
   * Gradient of a slice that omits the last dimensions: the native operation reads beyond its
   * arguments unless all dimensions are given.
   */
  private static Optional<List<Value>> slice(TracedCall call, boolean[] wanted, Emitter emitter) {
    long[] arguments = ((DynamicCustomOp) call.operation()).iArgs();
    long[] shape = call.input(0).shape();
    int named = (arguments.length - SLICE_MASKS) / 3;
    if (named >= shape.length || arguments[SLICE_ELLIPSIS] != 0 || arguments[SLICE_NEW_AXIS] != 0) {
      return Optional.empty();
    }
    int[] all = new int[SLICE_MASKS + 3 * shape.length];
    for (int i = 0; i < SLICE_MASKS; i++) {
      all[i] = Math.toIntExact(arguments[i]);
    }
    for (int part = 0; part < 3; part++) {
      for (int i = 0; i < named; i++) {
        all[SLICE_MASKS + part * shape.length + i] =
            Math.toIntExact(arguments[SLICE_MASKS + part * named + i]);
      }
    }
    for (int i = named; i < shape.length; i++) {
      all[SLICE_BEGIN] |= 1 << i;
      all[SLICE_END] |= 1 << i;
      all[SLICE_MASKS + shape.length + i] = Math.toIntExact(shape[i]);
      all[SLICE_MASKS + 2 * shape.length + i] = 1;
    }
    var complete = DynamicCustomOp.builder("strided_slice_bp").addIntegerArguments(all).build();
    return Optional.of(List.of(emitter.call(complete, shape, call.inputs().toArray(Value[]::new))));
  }

  /** Returns the wanted gradients of an operation on two values. */
  private static Optional<List<Value>> ofBoth(
      TracedCall call, boolean[] wanted, Supplier<Value> left, Supplier<Value> right) {
    return Optional.of(
        List.of(
            wanted[0] ? left.get() : call.outputs().get(0),
            wanted[1] ? right.get() : call.outputs().get(1)));
  }
}
