package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.engine.Call;
import io.ddgan.engine.Value;
import io.ddgan.onednn.elementwise.ChannelSum;
import io.ddgan.onednn.elementwise.ElementwiseCall;
import io.ddgan.onednn.elementwise.ElementwiseCall.Step;
import io.ddgan.onednn.elementwise.ElementwiseOp;
import io.ddgan.onednn.elementwise.Fusion;
import io.ddgan.onednn.elementwise.Rematerialisation;
import io.ddgan.onednn.runtime.KernelCall;
import io.ddgan.onednn.runtime.KernelRuntime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class RematerialisationTest {

  private static final long[] SHAPE = {2, 4, 4, 16};

  private final KernelRuntime runtime = new KernelRuntime(1);
  private final Value x = Value.fixed(Nd4j.linspace(DataType.FLOAT, -2, 0.01, 512).reshape(SHAPE));
  private final Value y = Value.fixed(Nd4j.linspace(DataType.FLOAT, 3, 0.02, 512).reshape(SHAPE));
  private final Value result = Value.fixed(Nd4j.create(DataType.FLOAT, SHAPE));
  private final Value between = Value.planned(DataType.FLOAT, SHAPE);

  @Test
  void whatOneArrayIsComputedFromIsNotKeptForItsReader() {
    ElementwiseCall first = functions(ElementwiseOp.TANH, between, x);
    ElementwiseCall second = functions(ElementwiseOp.SQUARE, result, between);
    List<Call> calls = Rematerialisation.of(List.of(first, second), Set.of(result));
    assertEquals(1, calls.size());
    assertEquals(List.of(x), calls.get(0).inputs());
    assertEquals(List.of(result), calls.get(0).outputs());
    calls.get(0).bind().run();
    INDArray expected = Transforms.pow(Transforms.tanh(x.array()), 2);
    assertArrayEquals(
        expected.ravel().toFloatVector(), result.array().ravel().toFloatVector(), 1e-6f);
  }

  @Test
  void whatTwoArraysAreComputedFromIsKept() {
    ElementwiseCall first = functions(ElementwiseOp.ADD, between, x, y);
    ElementwiseCall second = functions(ElementwiseOp.SQUARE, result, between);
    List<Call> calls = List.of(first, second);
    assertEquals(outputs(calls), outputs(Rematerialisation.of(calls, Set.of(result))));
  }

  @Test
  void whatAnotherCallReadsIsKept() {
    ElementwiseCall first = functions(ElementwiseOp.TANH, between, x);
    ElementwiseCall second = functions(ElementwiseOp.SQUARE, result, between);
    Call other = new KernelCall(runtime, "conv2d", List.of(between), List.of(), () -> () -> {});
    List<Call> calls = List.of(first, second, other);
    assertEquals(outputs(calls), outputs(Rematerialisation.of(calls, Set.of(result))));
  }

  @Test
  void whatIsAskedForIsKept() {
    ElementwiseCall first = functions(ElementwiseOp.TANH, between, x);
    ElementwiseCall second = functions(ElementwiseOp.SQUARE, result, between);
    List<Call> calls = List.of(first, second);
    assertEquals(outputs(calls), outputs(Rematerialisation.of(calls, Set.of(result, between))));
  }

  @Test
  void sumsAreTakenOfWhatIsNotKept() {
    ElementwiseCall square = functions(ElementwiseOp.SQUARE, between, x);
    Value sum = Value.fixed(Nd4j.create(DataType.FLOAT, 2, 16, 1, 1));
    ElementwiseCall total = ElementwiseCall.of(runtime, new ChannelSum(between, sum, 2, 16, 0.5));
    List<Call> calls = Rematerialisation.of(Fusion.of(List.of(square, total)), Set.of(sum));
    assertEquals(List.of(List.of(sum)), outputs(calls));
    calls.get(0).bind().run();
    INDArray expected = Transforms.pow(x.array(), 2).sum(1, 2).mul(0.5);
    assertArrayEquals(expected.ravel().toFloatVector(), sum.array().ravel().toFloatVector(), 1e-4f);
  }

  private ElementwiseCall functions(ElementwiseOp function, Value to, Value... from) {
    Step step = new Step(function, List.of(from), 0, to);
    return new ElementwiseCall(runtime, SHAPE, List.of(step), List.of(to), List.of());
  }

  private static List<List<Value>> outputs(List<Call> calls) {
    return calls.stream().map(Call::outputs).toList();
  }
}
