package io.ddgan.onednn.elementwise;

import io.ddgan.engine.Call;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.OperationCall;
import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.KernelRuntime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A sequence of elementwise functions of arrays of one shape, or arrays broadcast to it, and sums
 * of their inputs or results.
 *
 * @param shape shape of the results
 * @param steps functions in order
 * @param kept results that other calls read
 * @param sums sums of inputs or results, which are maps {@code [N, H, W, C]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ElementwiseCall(
    KernelRuntime runtime, long[] shape, List<Step> steps, List<Value> kept, List<ChannelSum> sums)
    implements Call {

  /**
   * A function of values.
   *
   * @param arguments one or two arguments
   * @param constant scalar of the operation, if it has one
   */
  public record Step(ElementwiseOp function, List<Value> arguments, float constant, Value result) {}

  /** Returns the call for one operation; empty if it is not supported. */
  public static Optional<ElementwiseCall> of(KernelRuntime runtime, OperationCall call) {
    Value output = call.output();
    Optional<ElementwiseOp> function =
        ElementwiseOp.of(call)
            .filter(f -> output.dataType() == DataType.FLOAT && output.shape().length > 0)
            .filter(
                f -> call.inputs().stream().allMatch(input -> isRepeated(input, output.shape())));
    return function.map(
        f -> {
          float constant = call.numbers().isEmpty() ? 0 : call.numbers().get(0).floatValue();
          Step step = new Step(f, call.inputs(), constant, output);
          return new ElementwiseCall(
              runtime, output.shape(), List.of(step), List.of(output), List.of());
        });
  }

  /** Returns the call for a sum of maps. */
  public static ElementwiseCall of(KernelRuntime runtime, ChannelSum sum) {
    return new ElementwiseCall(runtime, sum.maps().shape(), List.of(), List.of(), List.of(sum));
  }

  private static boolean isRepeated(Value value, long[] shape) {
    long[] s = value.shape();
    boolean isRepeated = value.dataType() == DataType.FLOAT && s.length <= shape.length;
    for (int i = 1; isRepeated && i <= s.length; i++) {
      isRepeated = s[s.length - i] == 1 || s[s.length - i] == shape[shape.length - i];
    }
    return isRepeated;
  }

  /** Appends functions; all results are kept. */
  ElementwiseCall with(ElementwiseCall others) {
    List<Step> all = joined(steps, others.steps);
    return new ElementwiseCall(
        runtime, shape, all, all.stream().map(Step::result).toList(), joined(sums, others.sums));
  }

  public static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** Returns the same with other results kept, without functions that become unused. */
  public ElementwiseCall keeping(List<Value> values) {
    Set<Value> needed = new HashSet<>(values);
    sums.forEach(sum -> needed.add(sum.maps()));
    return new ElementwiseCall(runtime, shape, slice(needed, List.of()), values, sums);
  }

  /** Returns the functions that compute values from inputs or present values, in order. */
  List<Step> slice(Set<Value> values, List<Value> present) {
    Set<Value> needed = new HashSet<>(values);
    List<Step> slice = new ArrayList<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      if (needed.contains(step.result) && !present.contains(step.result)) {
        slice.add(0, step);
        needed.addAll(step.arguments);
      }
    }
    return slice;
  }

  /** Returns whether a value has the full shape, without broadcasting. */
  boolean isFull(Value value) {
    return value.length() == Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  @Override
  public String name() {
    if (steps.isEmpty()) {
      return "sum";
    }
    return steps.size() + sums.size() == 1 ? steps.get(0).function.operation() : "elementwise";
  }

  @Override
  public List<Value> inputs() {
    Set<Value> made = new HashSet<>();
    Set<Value> read = new LinkedHashSet<>();
    for (Step step : steps) {
      step.arguments.stream().filter(value -> !made.contains(value)).forEach(read::add);
      made.add(step.result);
    }
    sums.stream().map(ChannelSum::maps).filter(value -> !made.contains(value)).forEach(read::add);
    return List.copyOf(read);
  }

  @Override
  public List<Value> outputs() {
    return joined(kept, sums.stream().map(ChannelSum::sum).toList());
  }

  @Override
  public Kernel bind() {
    return new ElementwiseKernel(this);
  }
}
