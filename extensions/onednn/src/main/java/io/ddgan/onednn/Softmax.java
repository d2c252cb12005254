package io.ddgan.onednn;

import io.ddgan.engine.Call;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.OperationCall;
import io.ddgan.engine.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The softmax of rows, and the gradient of its argument, which is computed from the result and not
 * from the argument anew.
 */
final class Softmax {

  private final KernelRuntime runtime;
  private final Layouts layouts;
  private final Consumer<Call> calls;
  private final Map<Value, Value> results = new HashMap<>();

  Softmax(KernelRuntime runtime, Layouts layouts, Consumer<Call> calls) {
    this.runtime = runtime;
    this.layouts = layouts;
    this.calls = calls;
  }

  boolean rewrite(OperationCall call) {
    Value argument = call.input(0);
    int last = argument.shape().length - 1;
    boolean isOfRows =
        argument.dataType() == DataType.FLOAT
            && last > 0
            && List.of(-1L, (long) last).containsAll(call.integers());
    if (isOfRows && call.name().equals("softmax")) {
      emit(argument, call.output());
    } else if (isOfRows) {
      if (!results.containsKey(argument)) {
        emit(argument, Value.planned(DataType.FLOAT, argument.shape()));
      }
      emitGradient(results.get(argument), layouts.rowMajor(call.input(1)), call.output());
    }
    return isOfRows;
  }

  private void emit(Value argument, Value result) {
    Value x = layouts.rowMajor(argument);
    calls.accept(
        new KernelCall(
            runtime, "softmax", List.of(x), List.of(result), () -> new Result(x, result)));
    layouts.wrote(result);
    results.put(argument, result);
  }

  private void emitGradient(Value result, Value gradient, Value output) {
    calls.accept(
        new KernelCall(
            runtime,
            "softmax_bp",
            List.of(result, gradient),
            List.of(output),
            () -> new Gradient(result, gradient, output)));
    layouts.wrote(output);
  }

  /** Computes an array row by row, in short arrays on the heap. */
  private abstract class Rows implements Kernel {

    private static final int REGISTERS = 3;

    /** Numbers that are worth a part of their own. */
    private static final int PART = 16_384;

    private final Numbers output;
    private final int row;
    private final int rows;
    private final int parts;

    Rows(Value output) {
      this.output = KernelRuntime.numbers(output);
      this.row = Math.toIntExact(output.shape()[output.shape().length - 1]);
      this.rows = Math.toIntExact(output.length() / row);
      this.parts = (int) Math.max(1, Math.min(rows, output.length() / PART));
      runtime.reserveRegisters(REGISTERS, Pieces.lanes(row));
    }

    /**
     * Computes a row into the first of some arrays.
     *
     * @param at where the row begins
     * @param n length of the row, with the numbers that fill the last vector up
     */
    abstract void compute(int at, int n, float[][] r);

    @Override
    public void run() {
      runtime.run(
          parts,
          (part, worker) -> {
            float[][] registers = runtime.registers(worker);
            int end = (int) ((long) rows * (part + 1) / parts);
            for (int i = (int) ((long) rows * part / parts); i < end; i++) {
              compute(i * row, Pieces.lanes(row), registers);
              output.put(i * row, registers[0], 0, row);
            }
          });
    }

    void read(Numbers from, int at, float[] to, float rest) {
      from.get(at, to, 0, row);
      for (int i = row; i < Pieces.lanes(row); i++) {
        to[i] = rest;
      }
    }
  }

  private final class Result extends Rows {

    private final Numbers x;

    Result(Value x, Value output) {
      super(output);
      this.x = KernelRuntime.numbers(x);
    }

    @Override
    void compute(int at, int n, float[][] r) {
      read(x, at, r[0], Float.NEGATIVE_INFINITY);
      Exponential.ofDifferencesLanes(r[0], Exponential.largestLanes(r[0], n), n, r[1]);
      VectorLoops.multiplyLanes(r[0], 1 / VectorLoops.totalOfLanes(r[1]), n);
    }
  }

  /** Of rows y and gradients g of them: (g - sum(g y)) y. */
  private final class Gradient extends Rows {

    private final Numbers y;
    private final Numbers gradient;

    Gradient(Value y, Value gradient, Value output) {
      super(output);
      this.y = KernelRuntime.numbers(y);
      this.gradient = KernelRuntime.numbers(gradient);
    }

    @Override
    void compute(int at, int n, float[][] r) {
      read(gradient, at, r[0], 0);
      read(y, at, r[1], 0);
      VectorLoops.sumOfProductsLanes(r[0], r[1], n, r[2]);
      VectorLoops.subtractAndMultiplyLanes(r[0], VectorLoops.totalOfLanes(r[2]), r[1], n);
    }
  }
}
