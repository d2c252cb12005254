package io.ddgan.onednn.product;

import io.ddgan.engine.Call;
import io.ddgan.engine.OperationCall;
import io.ddgan.engine.Value;
import io.ddgan.onednn.layout.FeatureMaps;
import io.ddgan.onednn.layout.Layouts;
import io.ddgan.onednn.layout.Layouts.Stored;
import io.ddgan.onednn.product.MatrixProduct.Matrices;
import io.ddgan.onednn.runtime.KernelRuntime;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Rewrites matrix products. Those of maps, along columns or over all pixels, run channels-last.
 *
 * @param calls takes the calls
 */
public record MatrixProducts(KernelRuntime runtime, Layouts layouts, Consumer<Call> calls) {

  /** Products with fewer multiplications are not worth dividing. */
  private static final long SMALL = 1 << 14;

  public boolean rewrite(OperationCall call) {
    Value a = call.input(0);
    Value b = call.input(1);
    Value output = call.output();
    boolean isKnown =
        Stream.of(a, b, output).allMatch(value -> value.dataType() == DataType.FLOAT)
            && a.shape().length == b.shape().length
            && (a.shape().length == 2 || a.shape().length == 3)
            && call.integers().size() == 3
            && call.integers().get(2) == 0;
    if (!isKnown) {
      return false;
    }
    boolean transposeA = call.integers().get(0) == 1;
    boolean transposeB = call.integers().get(1) == 1;
    return a.shape().length == 2
        ? alongColumns(a, transposeA, b, transposeB, output)
            || plain(call.batchScale(), a, transposeA, b, transposeB, output)
        : ofBatch(a, transposeA, b, transposeB, output);
  }

  private boolean plain(double batchScale, Value a, boolean ta, Value b, boolean tb, Value output) {
    Matrices left = Matrices.of(layouts.rowMajor(a), ta);
    Matrices right = Matrices.of(layouts.rowMajor(b), tb);
    long rows = Math.round(left.rows() * batchScale);
    if (rows * left.columns() * right.columns() < SMALL || right.columns() == 1 || rows == 1) {
      return false;
    }
    if (left.rows() == 1) {
      calls.accept(RowProduct.of(runtime, left, right, output));
    } else {
      emit(left, right, Matrices.of(output, false), 1, 1);
    }
    layouts.wrote(output);
    return true;
  }

  /** Rewrites rows of maps {@code [N * C * H, W]} times a matrix. */
  private boolean alongColumns(Value a, boolean ta, Value b, boolean tb, Value output) {
    Optional<long[]> maps =
        layouts
            .maps(a)
            .filter(s -> !ta && a.hasShape(new long[] {s[0] * s[1] * s[2], s[3]}))
            .filter(s -> layouts.stored(a, s).isPresent() && !output.root().isPlaced());
    maps.ifPresent(
        s -> {
          Stored from = layouts.stored(a, s).orElseThrow();
          long columns = b.shape()[tb ? 0 : 1];
          long[] shape = {s[0], s[1], s[2], columns};
          long[] memory =
              from.isTurned()
                  ? new long[] {s[0], columns, s[2], s[1]}
                  : new long[] {s[0], s[2], columns, s[1]};
          Value to = Value.planned(DataType.FLOAT, memory);
          long width = from.isTurned() ? s[2] * s[1] : s[1];
          long each = from.isTurned() ? 1 : s[2];
          Optional<FilterTaps> taps =
              FilterProducts.canDo(width) ? FilterTaps.of(b, !tb) : Optional.empty();
          if (taps.isPresent()) {
            calls.accept(
                new FilterProducts(
                    runtime, taps.get(), from.maps(), to, s[0], (int) each, (int) width));
          } else {
            emit(
                Matrices.of(layouts.rowMajor(b), tb).transposed().alike(),
                new Matrices(from.maps(), s[3], width, s[3] * width, width, 1),
                new Matrices(to, columns, width, columns * width, width, 1),
                s[0],
                each);
          }
          layouts.store(output, shape, new Stored(to, from.isTurned()));
        });
    return maps.isPresent();
  }

  /** Rewrites products of the matrices of a batch; they may be maps {@code [N, C, H * W]}. */
  private boolean ofBatch(Value a, boolean ta, Value b, boolean tb, Value output) {
    Optional<long[]> maps =
        pixels(output, layouts.maps(a))
            .or(() -> pixels(output, layouts.maps(b)))
            .filter(s -> !output.root().isPlaced());
    Matrices left = matrices(a, ta);
    Matrices right = matrices(b, tb);
    if (maps.isPresent()) {
      long[] s = maps.get();
      Value to = layouts.write(output, s);
      Matrices transposed = Matrices.of(to.reshaped(s[0], s[2] * s[3], s[1]), true);
      emit(left, right, transposed, output.shape()[0], 1);
    } else {
      emit(left, right, Matrices.of(output, false), output.shape()[0], 1);
      layouts.wrote(output);
    }
    return true;
  }

  private static Optional<long[]> pixels(Value value, Optional<long[]> maps) {
    return maps.filter(s -> value.hasShape(new long[] {s[0], s[1], s[2] * s[3]}))
        .filter(FeatureMaps::isOrdered);
  }

  private Matrices matrices(Value value, boolean isTransposed) {
    Optional<long[]> maps = pixels(value, layouts.maps(value));
    if (maps.isPresent() && layouts.isLast(value, maps.get())) {
      long[] s = maps.get();
      Value last = layouts.channelsLast(value, s);
      return Matrices.of(last.reshaped(s[0], s[2] * s[3], s[1]), !isTransposed);
    }
    return Matrices.of(layouts.rowMajor(value), isTransposed);
  }

  private void emit(Matrices a, Matrices b, Matrices c, long examples, long each) {
    calls.accept(MatrixProduct.of(runtime, a, b, c, examples, each));
  }
}
