package io.ddgan.onednn.layout;

import io.ddgan.engine.Call;
import io.ddgan.engine.OperationCall;
import io.ddgan.engine.Value;
import io.ddgan.onednn.layout.Copies.Layout;
import io.ddgan.onednn.runtime.KernelCall;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.NativeFloats;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Emits transposes of matrices and slices along one dimension.
 *
 * @param calls takes the calls
 */
public record Rearrangements(KernelRuntime runtime, Layouts layouts, Consumer<Call> calls) {

  private static final List<Long> EXCHANGED = List.of(1L, 0L);

  public boolean transpose(OperationCall call) {
    long[] s = call.input(0).shape();
    boolean isMatrix = isFloat(call) && s.length == 2 && call.integers().equals(EXCHANGED);
    if (isMatrix) {
      emit(call, s[1], s[0], 0, 1, s[1]);
    }
    return isMatrix;
  }

  /** Rewrites a slice; the integers are the start and the length in each dimension. */
  public boolean slice(OperationCall call) {
    long[] from = call.input(0).shape();
    long[] to = call.output().shape();
    OptionalInt cut = cut(from, to);
    boolean isRange =
        isFloat(call) && call.inputs().size() == 1 && cut.isPresent() && isStated(call, to, cut);
    if (isRange) {
      int dimension = cut.getAsInt();
      long inner = product(from, dimension + 1, from.length);
      long first = call.integers().get(dimension) * inner;
      emit(
          call,
          product(from, 0, dimension),
          to[dimension] * inner,
          first,
          from[dimension] * inner,
          1);
    }
    return isRange;
  }

  /** Returns the only sliced dimension. */
  private static OptionalInt cut(long[] from, long[] to) {
    if (from.length != to.length) {
      return OptionalInt.empty();
    }
    int[] cut = IntStream.range(0, from.length).filter(i -> from[i] != to[i]).toArray();
    return cut.length == 1 ? OptionalInt.of(cut[0]) : OptionalInt.empty();
  }

  private static boolean isStated(OperationCall call, long[] to, OptionalInt cut) {
    List<Long> stated = call.integers();
    return stated.size() == 2 * to.length
        && IntStream.range(0, to.length)
            .allMatch(
                i ->
                    stated.get(to.length + i) == to[i]
                        && (i == cut.getAsInt() ? stated.get(i) >= 0 : stated.get(i) == 0));
  }

  private static boolean isFloat(OperationCall call) {
    return call.input(0).dataType() == DataType.FLOAT && call.output().dataType() == DataType.FLOAT;
  }

  private static long product(long[] shape, int from, int to) {
    return IntStream.range(from, to).mapToLong(i -> shape[i]).reduce(1, Math::multiplyExact);
  }

  /**
   * Copies a matrix.
   *
   * @param rows rows of the result
   * @param columns columns of the result
   * @param first start in the input
   * @param row stride between rows in the input
   * @param column stride between columns in the input
   */
  private void emit(
      OperationCall call, long rows, long columns, long first, long row, long column) {
    Value from = layouts.rowMajor(call.input(0));
    Value to = call.output();
    calls.accept(
        new KernelCall(
            runtime,
            call.name(),
            List.of(from),
            List.of(to),
            () ->
                new Copies(runtime)
                    .with(
                        new long[] {rows, columns, 1, 1},
                        new Layout(
                            KernelRuntime.address(from) + NativeFloats.bytes(first),
                            new long[] {row, column, 1, 1}),
                        new Layout(KernelRuntime.address(to), new long[] {columns, 1, 1, 1}))));
    layouts.wrote(to);
  }
}
