package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.engine.Value;
import io.ddgan.onednn.elementwise.Combination;
import io.ddgan.onednn.elementwise.Elementwise;
import io.ddgan.onednn.elementwise.Elementwise.Step;
import io.ddgan.onednn.elementwise.Function;
import io.ddgan.onednn.elementwise.Loop;
import io.ddgan.onednn.elementwise.Pattern;
import io.ddgan.onednn.elementwise.PieceLoop;
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
class PieceLoopTest {

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
  void aCombinationHasTheBitsOfItsFunctions(Combination combination) {
    Value result = emit(combination.pattern());
    List<PieceLoop> loops = PieceLoop.of(call(List.of(result)));
    assertEquals(1, loops.size());
    PieceLoop loop = loops.get(0);
    assertEquals(combination.loop(), loop.loop());
    List<float[]> from = loop.arguments().stream().map(this::numbers).toList();
    assertArrayEquals(evaluate(result), Loops.apply(loop.loop(), from, loop.a(), loop.b()));
  }

  @Test
  void whatIsReadElsewhereIsNotSwallowed() {
    Value x = arguments.get(0);
    Value half = emit(Function.MULTIPLY_CONSTANT, 0.5f, x);
    Value tangent = emit(Function.TANH, 0, half);
    Value more = emit(Function.ADD_CONSTANT, 1, tangent);
    Value swish = emit(Function.MULTIPLY, 0, half, more);
    assertEquals(List.of(Combination.SWISH.loop()), loops(List.of(swish)));
    assertEquals(
        loops(Function.MULTIPLY_CONSTANT, Function.TANH, Function.ADD_CONSTANT, Function.MULTIPLY),
        loops(List.of(tangent, swish)));
    Value other = emit(Function.SQUARE, 0, tangent);
    assertEquals(5, loops(List.of(swish, other)).size());
  }

  @Test
  void whatIsAnArgumentTooIsNotSwallowed() {
    Value product = emit(Function.MULTIPLY, 0, arguments.get(0), arguments.get(1));
    Value twice = emit(Function.ADD, 0, product, product);
    assertEquals(loops(Function.MULTIPLY, Function.ADD), loops(List.of(twice)));
    Value difference = emit(Function.SUBTRACT, 0, arguments.get(0), arguments.get(1));
    Value one = emit(Function.DIVIDE, 0, difference, difference);
    assertEquals(4, loops(List.of(twice, one)).size());
  }

  @Test
  void anotherConstantIsAnotherFunction() {
    Value half = emit(Function.MULTIPLY_CONSTANT, 0.25f, arguments.get(0));
    Value more = emit(Function.ADD_CONSTANT, 1, emit(Function.TANH, 0, half));
    assertEquals(4, loops(List.of(emit(Function.MULTIPLY, 0, half, more))).size());
  }

  @Test
  void whatIsComputedTwiceIsComputedOnce() {
    Value x = arguments.get(0);
    Value y = arguments.get(1);
    Value first = emit(Function.DIVIDE, 0, x, y);
    Value again = emit(Function.DIVIDE, 0, x, y);
    Value result = emit(Function.MAXIMUM, 0, emit(Function.ABS, 0, first), again);
    assertEquals(loops(Function.DIVIDE, Function.ABS, Function.MAXIMUM), loops(List.of(result)));
    assertEquals(4, loops(List.of(result, again)).size());
  }

  private static List<Loop> loops(Function... functions) {
    return Stream.of(functions).map(Function::loop).toList();
  }

  private List<Loop> loops(List<Value> kept) {
    return PieceLoop.of(call(kept)).stream().map(PieceLoop::loop).toList();
  }

  private Elementwise call(List<Value> kept) {
    return new Elementwise(runtime, SHAPE, List.copyOf(steps), kept, List.of());
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

  private Value emit(Function function, float constant, Value... from) {
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
