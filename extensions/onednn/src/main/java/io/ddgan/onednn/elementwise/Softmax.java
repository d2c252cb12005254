package io.ddgan.onednn.elementwise;

import io.ddgan.engine.Call;
import io.ddgan.engine.OperationCall;
import io.ddgan.engine.Value;
import io.ddgan.onednn.layout.Layouts;
import io.ddgan.onednn.runtime.KernelRuntime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Rewrites softmax along the last dimension. Computes the argument's gradient from the result
 * instead of the argument.
 */
public final class Softmax {

  private final KernelRuntime runtime;
  private final Layouts layouts;
  private final Consumer<Call> calls;
  private final Map<Value, Value> results = new HashMap<>();

  public Softmax(KernelRuntime runtime, Layouts layouts, Consumer<Call> calls) {
    this.runtime = runtime;
    this.layouts = layouts;
    this.calls = calls;
  }

  public boolean rewrite(OperationCall call) {
    Value argument = call.input(0);
    int last = argument.shape().length - 1;
    boolean isOfRows =
        argument.dataType() == DataType.FLOAT
            && last > 0
            && List.of(-1L, (long) last).containsAll(call.integers());
    if (isOfRows && call.name().equals("softmax")) {
      emitResult(argument, call.output());
    } else if (isOfRows) {
      if (!results.containsKey(argument)) {
        emitResult(argument, Value.planned(DataType.FLOAT, argument.shape()));
      }
      Value gradient = layouts.rowMajor(call.input(1));
      emit(results.get(argument), Optional.of(gradient), call.output());
    }
    return isOfRows;
  }

  private void emitResult(Value argument, Value result) {
    emit(layouts.rowMajor(argument), Optional.empty(), result);
    results.put(argument, result);
  }

  private void emit(Value x, Optional<Value> gradient, Value output) {
    calls.accept(new SoftmaxRows(runtime, x, gradient, output));
    layouts.wrote(output);
  }
}
