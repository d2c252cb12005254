package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.engine.Value;
import io.ddgan.onednn.elementwise.ElementwiseCall;
import io.ddgan.onednn.elementwise.ElementwiseCall.Step;
import io.ddgan.onednn.elementwise.ElementwiseOp;
import io.ddgan.onednn.elementwise.FusedOp;
import io.ddgan.onednn.elementwise.Loop;
import io.ddgan.onednn.elementwise.Pattern;
import io.ddgan.onednn.elementwise.StripLoop;
import io.ddgan.onednn.runtime.KernelRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

/** How functions are brought together in loops. */
class StripLoopTest {

  private static final long[] SHAPE = {2, 4, 4, 16};
  private static final int COUNT = 1024;
  private static final float[] SPECIAL = {
    0f, -0f, 1f, -1f, 1e-30f, -1e30f, Float.POSITIVE_INFINITY, Float.NaN
  };

  private final KernelRuntime runtime = new KernelRuntime(1);
  private final List<Step> steps = new ArrayList<>();
  private final List<Value> arguments = List.of(value(), value(), value());

  @ParameterizedTest
  @EnumSource
  void aCombinationHasTheBitsOfItsFunctions(FusedOp combination) {
    Value result = emit(combination.pattern());
    List<StripLoop> loops = StripLoop.of(call(List.of(result)));
    assertEquals(1, loops.size());
    StripLoop loop = loops.get(0);
    assertEquals(combination.loop(), loop.loop());
    List<float[]> from = loop.arguments().stream().map(this::numbers).toList();
    assertArrayEquals(evaluate(result), Loops.apply(loop.loop(), from, loop.a(), loop.b()));
  }

  @Test
  void whatIsReadElsewhereIsNotSwallowed() {
    Value x = arguments.get(0);
    Value half = emit(ElementwiseOp.MULTIPLY_CONSTANT, 0.5f, x);
    Value tangent = emit(ElementwiseOp.TANH, 0, half);
    Value more = emit(ElementwiseOp.ADD_CONSTANT, 1, tangent);
    Value swish = emit(ElementwiseOp.MULTIPLY, 0, half, more);
    assertEquals(List.of(FusedOp.SWISH.loop()), loops(List.of(swish)));
    assertEquals(
        loops(
            ElementwiseOp.MULTIPLY_CONSTANT,
            ElementwiseOp.TANH,
            ElementwiseOp.ADD_CONSTANT,
            ElementwiseOp.MULTIPLY),
        loops(List.of(tangent, swish)));
    Value other = emit(ElementwiseOp.SQUARE, 0, tangent);
    assertEquals(5, loops(List.of(swish, other)).size());
  }

  @Test
  void whatIsAnArgumentTooIsNotSwallowed() {
    Value product = emit(ElementwiseOp.MULTIPLY, 0, arguments.get(0), arguments.get(1));
    Value twice = emit(ElementwiseOp.ADD, 0, product, product);
    assertEquals(loops(ElementwiseOp.MULTIPLY, ElementwiseOp.ADD), loops(List.of(twice)));
    Value difference = emit(ElementwiseOp.SUBTRACT, 0, arguments.get(0), arguments.get(1));
    Value one = emit(ElementwiseOp.DIVIDE, 0, difference, difference);
    assertEquals(4, loops(List.of(twice, one)).size());
  }

  @Test
  void anotherConstantIsAnotherFunction() {
    Value half = emit(ElementwiseOp.MULTIPLY_CONSTANT, 0.25f, arguments.get(0));
    Value more = emit(ElementwiseOp.ADD_CONSTANT, 1, emit(ElementwiseOp.TANH, 0, half));
    assertEquals(4, loops(List.of(emit(ElementwiseOp.MULTIPLY, 0, half, more))).size());
  }

  @Test
  void whatIsComputedTwiceIsComputedOnce() {
    Value x = arguments.get(0);
    Value y = arguments.get(1);
    Value first = emit(ElementwiseOp.DIVIDE, 0, x, y);
    Value again = emit(ElementwiseOp.DIVIDE, 0, x, y);
    Value result = emit(ElementwiseOp.MAXIMUM, 0, emit(ElementwiseOp.ABS, 0, first), again);
    assertEquals(
        loops(ElementwiseOp.DIVIDE, ElementwiseOp.ABS, ElementwiseOp.MAXIMUM),
        loops(List.of(result)));
    assertEquals(4, loops(List.of(result, again)).size());
  }

  private static List<Loop> loops(ElementwiseOp... functions) {
    return Stream.of(functions).map(ElementwiseOp::loop).toList();
  }

  private List<Loop> loops(List<Value> kept) {
    return StripLoop.of(call(kept)).stream().map(StripLoop::loop).toList();
  }

  private ElementwiseCall call(List<Value> kept) {
    return new ElementwiseCall(runtime, SHAPE, List.copyOf(steps), kept, List.of());
  }

  /** Writes the functions of a pattern; what is the same in it is computed once. */
  private Value emit(Pattern pattern) {
    if (pattern instanceof Pattern.Argument argument) {
      return arguments.get(argument.number());
    }
    Pattern.Of of = (Pattern.Of) pattern;
    List<Value> from = new ArrayList<>(of.arguments().stream().map(this::emit).toList());
    float constant = of.isFree() ? 0.1f + steps.size() : of.constant();
    return steps.stream()
        .filter(step -> step.function() == of.function() && step.arguments().equals(from))
        .map(Step::result)
        .findFirst()
        .orElseGet(() -> emit(of.function(), constant, from.toArray(Value[]::new)));
  }

  private Value emit(ElementwiseOp function, float constant, Value... from) {
    Value result = value();
    steps.add(new Step(function, List.of(from), constant, result));
    return result;
  }

  private float[] evaluate(Value value) {
    for (Step step : steps) {
      if (step.result() == value) {
        List<float[]> from = step.arguments().stream().map(this::evaluate).toList();
        return Loops.apply(step.function().loop(), from, step.constant(), 0);
      }
    }
    return numbers(value);
  }

  private float[] numbers(Value value) {
    SplittableRandom random = new SplittableRandom(arguments.indexOf(value));
    float[] numbers = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      numbers[i] =
          random.nextInt(4) == 0
              ? SPECIAL[random.nextInt(SPECIAL.length)]
              : (float) random.nextDouble(-5, 5);
    }
    return numbers;
  }

  private static Value value() {
    return Value.planned(DataType.FLOAT, SHAPE);
  }
}
