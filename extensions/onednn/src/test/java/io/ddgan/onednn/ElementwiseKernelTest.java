package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.ddgan.engine.Value;
import io.ddgan.onednn.elementwise.ElementwiseCall;
import io.ddgan.onednn.elementwise.ElementwiseCall.Step;
import io.ddgan.onednn.elementwise.ElementwiseOp;
import io.ddgan.onednn.runtime.KernelRuntime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Random functions of functions, against the same one after the other. */
class ElementwiseKernelTest {

  private static final int PROGRAMS = 400;
  private static final int MOST_STEPS = 14;
  private static final int COUNT = 2 * 4 * 4 * 16;
  private static final long[] SHAPE = {2, 4, 4, 16};
  private static final long[] CHANNELS = {2, 1, 1, 16};

  /** Those that patterns are made of come often, with the constants that they want. */
  private static final List<ElementwiseOp> FUNCTIONS =
      List.of(
          ElementwiseOp.ADD,
          ElementwiseOp.ADD_CONSTANT,
          ElementwiseOp.DIVIDE,
          ElementwiseOp.MAXIMUM,
          ElementwiseOp.MULTIPLY,
          ElementwiseOp.MULTIPLY_CONSTANT,
          ElementwiseOp.SQUARE,
          ElementwiseOp.STEP,
          ElementwiseOp.SUBTRACT,
          ElementwiseOp.TANH,
          ElementwiseOp.TANH_GRADIENT_OF_RESULT);

  private static final float[] CONSTANTS = {0f, -0f, 0.5f, 1f, 0.2f, -3f};

  private final KernelRuntime runtime = new KernelRuntime(2);

  @Test
  void whateverIsCombinedHasTheBitsOfItsFunctions() {
    for (int seed = 0; seed < PROGRAMS; seed++) {
      compare(seed);
    }
  }

  private void compare(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Value, float[]> expected = new HashMap<>();
    List<Value> values = new ArrayList<>();
    for (long[] shape : List.of(SHAPE, SHAPE, CHANNELS)) {
      Value input = value(shape);
      float[] numbers = new float[(int) input.length()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = random.nextInt(8) == 0 ? 0 : (float) random.nextDouble(-3, 3);
      }
      input.array().assign(Nd4j.createFromArray(numbers).reshape(shape));
      expected.put(input, Arrays.equals(shape, SHAPE) ? numbers : repeated(numbers));
      values.add(input);
    }
    List<Step> steps = new ArrayList<>();
    List<Value> kept = new ArrayList<>();
    int count = random.nextInt(2, MOST_STEPS + 1);
    for (int i = 0; i < count; i++) {
      ElementwiseOp function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
      List<Value> arguments = new ArrayList<>(List.of(any(values, random)));
      if (function.isCommutative()
          || function == ElementwiseOp.DIVIDE
          || function == ElementwiseOp.SUBTRACT
          || function == ElementwiseOp.TANH_GRADIENT_OF_RESULT) {
        arguments.add(any(values, random));
      }
      Value result = value(SHAPE);
      float constant = CONSTANTS[random.nextInt(CONSTANTS.length)];
      steps.add(new Step(function, arguments, constant, result));
      List<float[]> from = arguments.stream().map(expected::get).toList();
      expected.put(result, Loops.apply(function.loop(), from, constant, 0));
      values.add(result);
      if (random.nextInt(5) == 0 || i == count - 1) {
        kept.add(result);
      }
    }
    new ElementwiseCall(runtime, SHAPE, steps, kept, List.of()).keeping(kept).bind().run();
    for (Value result : kept) {
      assertArrayEquals(
          expected.get(result), result.array().ravel().toFloatVector(), "program " + seed);
    }
  }

  /** The latest are chosen most, so that functions follow each other. */
  private static Value any(List<Value> values, SplittableRandom random) {
    int back = Math.min(random.nextInt(values.size()), random.nextInt(values.size()));
    return values.get(values.size() - 1 - back);
  }

  private static float[] repeated(float[] channels) {
    float[] all = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      all[i] = channels[i / 256 * 16 + i % 16];
    }
    return all;
  }

  private static Value value(long[] shape) {
    return Value.fixed(Nd4j.create(DataType.FLOAT, shape));
  }
}
