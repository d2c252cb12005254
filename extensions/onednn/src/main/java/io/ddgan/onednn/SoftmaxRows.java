package io.ddgan.onednn;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The softmax of rows; or, from such results y and their gradients g, the gradient of the argument,
 * (g - sum(g y)) y.
 *
 * @param x the argument, or the results
 * @param gradient the results' gradient; empty if the results are wanted
 */
record SoftmaxRows(KernelRuntime runtime, Value x, Optional<Value> gradient, Value output)
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
    Pieces pieces = Pieces.ofRows(row(), Math.toIntExact(output.length() / row()));
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

  /** Computes rows, in short arrays on the heap. */
  private final class Rows {

    private static final int REGISTERS = 3;

    private final PlacedRows from;
    private final Optional<PlacedRows> gradients;
    private final PlacedRows to;
    private final int row = row();
    private final int lanes = Pieces.lanes(row);

    Rows(Places places) {
      runtime.reserveRegisters(REGISTERS, lanes);
      from = new PlacedRows(runtime, x, places, row);
      gradients = gradient.map(value -> new PlacedRows(runtime, value, places, row));
      to = new PlacedRows(runtime, output, places, row);
    }

    void compute(int first, int end, int worker) {
      float[][] r = runtime.registers(worker);
      Numbers target = to.numbers(worker);
      for (int i = first; i < end; i++) {
        if (gradients.isPresent()) {
          read(gradients.get(), i, first, worker, r[0], 0);
          read(from, i, first, worker, r[1], 0);
          VectorLoops.sumOfProductsLanes(r[0], r[1], lanes, r[2]);
          VectorLoops.subtractAndMultiplyLanes(r[0], VectorLoops.totalOfLanes(r[2]), r[1], lanes);
        } else {
          read(from, i, first, worker, r[0], Float.NEGATIVE_INFINITY);
          Exponential.ofDifferencesLanes(r[0], Exponential.largestLanes(r[0], lanes), lanes, r[1]);
          float factor = 1 / VectorLoops.totalOfLanes(r[1]);
          Function.MULTIPLY_CONSTANT.applyLanes(r[0], r[0], r[0], r[0], lanes, factor, 0);
        }
        target.put(to.at(i, first), r[0], 0, row);
      }
    }

    private void read(
        PlacedRows source, int index, int first, int worker, float[] register, float rest) {
      source.numbers(worker).get(source.at(index, first), register, 0, row);
      Arrays.fill(register, row, lanes, rest);
    }
  }
}
