package io.ddgan.onednn.product;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.elementwise.StripMining;
import io.ddgan.onednn.runtime.BatchCall;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.PlacedRows;
import io.ddgan.onednn.runtime.VectorLoops;
import java.util.List;

/**
 * Products of a sparse filter with the matrices of a batch.
 *
 * @param from input, {@code [examples * each * inputs, width]}
 * @param output output, {@code [examples * each * outputs, width]}
 * @param each number of matrices per example
 * @param width columns of a matrix, at least the lanes of a vector
 */
public record FilterProducts(
    KernelRuntime runtime,
    FilterTaps filter,
    Value from,
    Value output,
    long examples,
    int each,
    int width)
    implements BatchCall {

  /** Returns whether rows are long enough for vectors. */
  public static boolean canDo(long width) {
    return width >= VectorLoops.LANES.length();
  }

  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public List<Value> inputs() {
    return List.of(from);
  }

  @Override
  public List<Value> outputs() {
    return List.of(output);
  }

  @Override
  public Kernel kernel() {
    Matrices all = new Matrices(Places.NONE);
    int rows = Math.toIntExact(output.length() / width);
    StripMining pieces = StripMining.ofRows(width, rows);
    return () ->
        runtime.run(
            pieces.parts(),
            (part, worker) -> all.multiply(pieces.first(part), pieces.first(part + 1), 0, worker));
  }

  @Override
  public ExampleKernel kernel(Places places) {
    Matrices all = new Matrices(places);
    return (example, worker) ->
        all.multiply(
            example * each * filter.outputs(),
            (example + 1) * each * filter.outputs(),
            example * each,
            worker);
  }

  /** The placed matrices. */
  private final class Matrices {

    private final PlacedRows source;
    private final PlacedRows target;

    Matrices(Places places) {
      source = new PlacedRows(runtime, from, places, filter.inputs() * width);
      target = new PlacedRows(runtime, output, places, filter.outputs() * width);
    }

    /**
     * Computes rows of the products, numbered over all matrices.
     *
     * @param first the first matrix in the work area, if one example is placed there
     */
    void multiply(int firstRow, int endRow, int first, int worker) {
      int outputs = filter.outputs();
      for (int row = firstRow; row < endRow; row = (row / outputs + 1) * outputs) {
        int matrix = row / outputs;
        filter.multiply(
            source.numbers(worker),
            source.at(matrix, first),
            target.numbers(worker),
            target.at(matrix, first),
            row % outputs,
            Math.min(outputs, endRow - matrix * outputs),
            width);
      }
    }
  }
}
