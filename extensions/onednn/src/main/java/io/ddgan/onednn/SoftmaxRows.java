package io.ddgan.onednn;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import java.util.List;
import java.util.Map;
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

  /** Numbers that are worth a part of their own. */
  private static final int PART = 16_384;

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
  public Kernel bind() {
    Rows all = new Rows(new Places(Map.of(), 0));
    int rows = Math.toIntExact(output.length() / row());
    int parts = (int) Math.max(1, Math.min(rows, output.length() / PART));
    return () ->
        runtime.run(
            parts,
            (part, worker) -> {
              int first = (int) ((long) rows * part / parts);
              all.compute(first, first, (int) ((long) rows * (part + 1) / parts), worker);
            });
  }

  @Override
  public ExampleKernel bind(Places places) {
    Rows all = new Rows(places);
    int rows = Math.toIntExact(output.length() / row() / examples());
    return (example, worker) ->
        all.compute(example * rows, example * rows, (example + 1) * rows, worker);
  }

  /** Where the rows of a value are, in memory or, those of an example, in a work area. */
  private final class Source {

    private final Optional<Numbers> memory;
    private final int offset;

    Source(Value value, Places places) {
      Optional<Long> place = places.offset(value);
      this.memory =
          place.isPresent() ? Optional.empty() : Optional.of(KernelRuntime.numbers(value));
      this.offset = (int) (place.orElse(0L) / Float.BYTES);
    }

    Numbers numbers(int worker) {
      return memory.orElseGet(() -> runtime.workArea(worker));
    }

    /** The first number of a row, whose example begins with another. */
    int at(int index, int first) {
      return offset + (memory.isPresent() ? index : index - first) * row();
    }
  }

  /** Computes rows, in short arrays on the heap. */
  private final class Rows {

    private static final int REGISTERS = 3;

    private final Source from;
    private final Optional<Source> gradients;
    private final Source to;
    private final int row = row();
    private final int lanes = Pieces.lanes(row);

    Rows(Places places) {
      runtime.reserveRegisters(REGISTERS, lanes);
      from = new Source(x, places);
      gradients = gradient.map(value -> new Source(value, places));
      to = new Source(output, places);
    }

    void compute(int example, int first, int end, int worker) {
      float[][] r = runtime.registers(worker);
      Numbers target = to.numbers(worker);
      for (int i = first; i < end; i++) {
        if (gradients.isPresent()) {
          read(gradients.get(), i, example, worker, r[0], 0);
          read(from, i, example, worker, r[1], 0);
          VectorLoops.sumOfProductsLanes(r[0], r[1], lanes, r[2]);
          VectorLoops.subtractAndMultiplyLanes(r[0], VectorLoops.totalOfLanes(r[2]), r[1], lanes);
        } else {
          read(from, i, example, worker, r[0], Float.NEGATIVE_INFINITY);
          Exponential.ofDifferencesLanes(r[0], Exponential.largestLanes(r[0], lanes), lanes, r[1]);
          VectorLoops.multiplyLanes(r[0], 1 / VectorLoops.totalOfLanes(r[1]), lanes);
        }
        target.put(to.at(i, example), r[0], 0, row);
      }
    }

    private void read(
        Source source, int index, int example, int worker, float[] register, float rest) {
      source.numbers(worker).get(source.at(index, example), register, 0, row);
      for (int i = row; i < lanes; i++) {
        register[i] = rest;
      }
    }
  }
}
