package io.ddgan.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Gradients of broadcasting arithmetic, from plain arithmetic and sums. */
final class ArithmeticLowerings {

  private ArithmeticLowerings() {}

  static Optional<List<Value>> addGradient(TracedCall call, boolean[] wanted, Emitter emitter) {
    Value g = call.input(2);
    return both(call, wanted, () -> sum(call, 0, g, emitter), () -> sum(call, 1, g, emitter));
  }

  static Optional<List<Value>> subtractGradient(
      TracedCall call, boolean[] wanted, Emitter emitter) {
    Value g = call.input(2);
    return both(
        call,
        wanted,
        () -> sum(call, 0, g, emitter),
        () -> emitter.times(sum(call, 1, g, emitter), -1));
  }

  static Optional<List<Value>> multiplyGradient(
      TracedCall call, boolean[] wanted, Emitter emitter) {
    Value g = call.input(2);
    return both(
        call,
        wanted,
        () -> sum(call, 0, emitter.times(g, call.input(1)), emitter),
        () -> sum(call, 1, emitter.times(g, call.input(0)), emitter));
  }

  static Optional<List<Value>> divideGradient(TracedCall call, boolean[] wanted, Emitter emitter) {
    Value y = call.input(1);
    Value numerator = emitter.dividedBy(call.input(2), y);
    return both(
        call,
        wanted,
        () -> sum(call, 0, numerator, emitter),
        () -> {
          Value quotient = emitter.dividedBy(call.input(0), y);
          Value product = emitter.times(numerator, quotient);
          return emitter.times(sum(call, 1, product, emitter), -1);
        });
  }

  private static Value sum(TracedCall call, int input, Value gradient, Emitter emitter) {
    return emitter.sumTo(gradient, call.input(input).shape());
  }

  private static Optional<List<Value>> both(
      TracedCall call, boolean[] wanted, Supplier<Value> left, Supplier<Value> right) {
    return Optional.of(
        List.of(
            wanted[0] ? left.get() : call.outputs().get(0),
            wanted[1] ? right.get() : call.outputs().get(1)));
  }
}
