package io.ddgan.onednn;

import io.ddgan.engine.Call;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.OperationCall;
import io.ddgan.engine.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Functions of single numbers, one after the other, of arrays of one shape, and of others that are
 * repeated along some of its dimensions.
 *
 * @param shape of what is computed
 * @param steps in order
 * @param inputs values that come from elsewhere
 * @param outputs values that are read elsewhere
 */
record Elementwise(
    Runtime runtime, long[] shape, List<Step> steps, List<Value> inputs, List<Value> outputs)
    implements Call {

  /**
   * A function of values.
   *
   * @param arguments one or two
   * @param constant what an operation with a scalar has
   */
  record Step(Function function, List<Value> arguments, float constant, Value result) {}

  /** Of one operation; empty if it is none of the functions, or cannot be done so. */
  static Optional<Elementwise> of(Runtime runtime, OperationCall call) {
    Value output = call.output();
    Optional<Function> function =
        Function.of(call)
            .filter(f -> output.dataType() == DataType.FLOAT && output.shape().length > 0)
            .filter(
                f -> call.inputs().stream().allMatch(input -> isRepeated(input, output.shape())));
    return function.map(
        f -> {
          float constant = call.numbers().isEmpty() ? 0 : call.numbers().get(0).floatValue();
          Step step = new Step(f, call.inputs(), constant, output);
          return new Elementwise(
              runtime, output.shape(), List.of(step), distinct(call.inputs()), List.of(output));
        });
  }

  private static boolean isRepeated(Value value, long[] shape) {
    long[] s = value.shape();
    boolean isRepeated = value.dataType() == DataType.FLOAT && s.length <= shape.length;
    for (int i = 1; isRepeated && i <= s.length; i++) {
      isRepeated = s[s.length - i] == 1 || s[s.length - i] == shape[shape.length - i];
    }
    return isRepeated;
  }

  private static List<Value> distinct(List<Value> values) {
    return List.copyOf(new LinkedHashSet<>(values));
  }

  /** This and further functions, of which some are kept in memory. */
  Elementwise with(Elementwise others, Set<Value> kept) {
    List<Step> all = new ArrayList<>(steps);
    all.addAll(others.steps);
    Set<Value> made = new LinkedHashSet<>();
    all.forEach(step -> made.add(step.result));
    Set<Value> read = new LinkedHashSet<>(inputs);
    others.inputs.stream().filter(value -> !made.contains(value)).forEach(read::add);
    List<Value> written = made.stream().filter(kept::contains).toList();
    return new Elementwise(runtime, shape, all, List.copyOf(read), written);
  }

  @Override
  public String name() {
    return steps.size() == 1 ? steps.get(0).function.operation() : "elementwise";
  }

  @Override
  public Kernel bind() {
    return new ElementwiseKernel(runtime, this);
  }
}
