package io.ddgan.onednn.elementwise;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.BatchCall;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.NativeFloats;
import io.ddgan.onednn.runtime.PlacedRows;
import io.ddgan.onednn.runtime.Strip;
import io.ddgan.onednn.runtime.VectorLoops;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The softmax of rows, or its gradient (g - sum(g y)) y from results y and their gradients g.
 *
 * @param x the argument, or the results
 * @param gradient the results' gradient; empty to compute the results
 */
public record SoftmaxRows(KernelRuntime runtime, Value x, Optional<Value> gradient, Value output)
    implements BatchCall {

  @Override
  public String name() {
    return gradient.isPresent() ? "softmax_bp" : "softmax";
  }

  @Override
  public List<Value> inputs() {
    return Stream.concat(Stream.of(x), gradient.stream()).toList();
  }

  @Override
  public List<Value> outputs() {
    return List.of(output);
  }

  @Override
  public long examples() {
    return output.shape()[0];
  }

  private int row() {
    return Math.toIntExact(output.shape()[output.shape().length - 1]);
  }

  @Override
  public Kernel kernel() {
    Rows all = new Rows(Places.NONE);
    StripMining pieces = StripMining.ofRows(row(), Math.toIntExact(output.length() / row()));
    return () ->
        runtime.run(
            pieces.parts(),
            (part, worker) -> all.compute(pieces.first(part), pieces.first(part + 1), worker));
  }

  @Override
  public ExampleKernel kernel(Places places) {
    Rows all = new Rows(places);
    int rows = Math.toIntExact(output.length() / row() / examples());
    return (example, worker) -> all.compute(example * rows, (example + 1) * rows, worker);
  }

  /** Computes rows in the registers of a thread. */
  private final class Rows {

    private static final int REGISTERS = 2;

    private final PlacedRows from;
    private final Optional<PlacedRows> gradients;
    private final PlacedRows to;
    private final int row = row();
    private final int lanes = StripMining.lanes(row);

    Rows(Places places) {
      runtime.reserveRegisters(REGISTERS, lanes);
      from = new PlacedRows(runtime, x, places, row);
      gradients = gradient.map(value -> new PlacedRows(runtime, value, places, row));
      to = new PlacedRows(runtime, output, places, row);
    }

    void compute(int first, int end, int worker) {
      Strip[] r = runtime.registers(worker);
      float[] sums = runtime.laneSums(worker);
      r[0].beOwn();
      r[1].beOwn();
      NativeFloats target = to.numbers(worker);
      for (int i = first; i < end; i++) {
        if (gradients.isPresent()) {
          read(gradients.get(), i, first, worker, r[0], 0);
          read(from, i, first, worker, r[1], 0);
          VectorLoops.sumOfProductsLanes(r[0], r[1], lanes, sums);
          VectorLoops.subtractAndMultiplyLanes(r[0], VectorLoops.totalOfLanes(sums), r[1], lanes);
        } else {
          read(from, i, first, worker, r[0], Float.NEGATIVE_INFINITY);
          float largest = Exponential.largestLanes(r[0], lanes);
          Exponential.ofDifferencesLanes(r[0], largest, lanes, sums);
          float factor = 1 / VectorLoops.totalOfLanes(sums);
          ElementwiseOp.MULTIPLY_CONSTANT
              .loop()
              .applyLanes(r[0], r[0], r[0], r[0], lanes, factor, 0);
        }
        r[0].copyTo(target, to.at(i, first), row);
      }
    }

    private void read(
        PlacedRows source, int index, int first, int worker, Strip register, float rest) {
      register.put(0, source.numbers(worker), source.at(index, first), row);
      register.fill(row, lanes, rest);
    }
  }
}
