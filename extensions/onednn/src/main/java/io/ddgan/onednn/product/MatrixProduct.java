package io.ddgan.onednn.product;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.BatchCall;
import io.ddgan.onednn.runtime.DnnlObjects;
import io.ddgan.onednn.runtime.DnnlObjects.Array;
import io.ddgan.onednn.runtime.DnnlObjects.Bound;
import io.ddgan.onednn.runtime.ExampleGroup;
import io.ddgan.onednn.runtime.KernelRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.dnnl.dnnl_memory_desc;

/**
 * Products of the matrices of a batch.
 *
 * @param examples number of examples
 * @param each number of products per example
 */
public record MatrixProduct(
    KernelRuntime runtime, Matrices a, Matrices b, Matrices c, long examples, long each)
    implements BatchCall {

  /**
   * The matrices of a batch in memory.
   *
   * @param value value that holds them
   * @param rows rows of each matrix
   * @param columns columns of each matrix
   * @param batch stride between matrices; 0 if all are the same
   * @param row stride between rows
   * @param column stride between columns
   */
  public record Matrices(Value value, long rows, long columns, long batch, long row, long column) {

    public static Matrices of(Value value, boolean isTransposed) {
      long[] s = value.shape();
      long rows = s[s.length - 2];
      long columns = s[s.length - 1];
      Matrices all = new Matrices(value, rows, columns, rows * columns, columns, 1);
      return isTransposed ? all.transposed() : all;
    }

    public Matrices transposed() {
      return new Matrices(value, columns, rows, batch, column, row);
    }

    public Matrices alike() {
      return new Matrices(value, rows, columns, 0, row, column);
    }

    /** Describes some of the matrices, or a part of each. */
    private dnnl_memory_desc part(DnnlObjects objects, long count, long rows, long columns) {
      return objects.strided(
          new long[] {batch == 0 ? 1 : count, rows, columns}, Math.max(1, batch), row, column);
    }

    /** Describes a single matrix. */
    Array all(DnnlObjects objects) {
      return objects.array(part(objects, 1, rows, columns), address(0, 0, 0));
    }

    private long address(long first, long row, long column) {
      return KernelRuntime.address(value)
          + (first * batch + row * this.row + column * this.column) * Float.BYTES;
    }
  }

  /** Returns a product, transposed if needed to give row-major results for oneDNN. */
  public static MatrixProduct of(
      KernelRuntime runtime, Matrices a, Matrices b, Matrices c, long examples, long each) {
    return c.column == 1
        ? new MatrixProduct(runtime, a, b, c, examples, each)
        : new MatrixProduct(
            runtime, b.transposed(), a.transposed(), c.transposed(), examples, each);
  }

  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public List<Value> inputs() {
    return List.of(a.value, b.value);
  }

  @Override
  public List<Value> outputs() {
    return List.of(c.value);
  }

  @Override
  public List<Value> shared() {
    return Stream.of(a, b).filter(each -> each.batch == 0).map(Matrices::value).toList();
  }

  /** Divides the batch, or the longer side of a single result. */
  @Override
  public Kernel kernel() {
    DnnlObjects objects = runtime.objects();
    List<Bound> parts = new ArrayList<>();
    boolean isBatch = examples * each > 1;
    boolean isOfRows = !isBatch && a.rows >= b.columns;
    boolean isOfColumns = !isBatch && !isOfRows;
    long all = isBatch ? examples * each : Math.max(a.rows, b.columns);
    long work = isBatch ? a.rows * a.columns * b.columns : a.columns * Math.min(a.rows, b.columns);
    for (ExampleGroup group : ExampleGroup.of(all, work / 256)) {
      long count = isBatch ? group.count() : 1;
      long rows = isOfRows ? group.count() : a.rows;
      long columns = isOfColumns ? group.count() : b.columns;
      long first = isBatch ? group.first() : 0;
      long row = isOfRows ? group.first() : 0;
      long column = isOfColumns ? group.first() : 0;
      parts.add(
          objects.product(
              objects.array(a.part(objects, count, rows, a.columns), a.address(first, row, 0)),
              objects.array(b.part(objects, count, b.rows, columns), b.address(first, 0, column)),
              objects.array(c.part(objects, count, rows, columns), c.address(first, row, column))));
    }
    return objects.kernel(() -> runtime.run(parts));
  }

  @Override
  public ExampleKernel kernel(Places places) {
    DnnlObjects objects = runtime.objects(places.size());
    List<Bound> bound = new ArrayList<>();
    for (int example = 0; example < examples; example++) {
      bound.add(
          objects.product(
              array(objects, a, example, places),
              array(objects, b, example, places),
              array(objects, c, example, places)));
    }
    return new ExampleKernel() {
      @Override
      public void run(int example, int worker) {
        runtime.run(bound.get(example), worker);
      }

      @Override
      public void close() {
        objects.close();
      }
    };
  }

  private Array array(DnnlObjects objects, Matrices matrices, int example, Places places) {
    dnnl_memory_desc all = matrices.part(objects, each, matrices.rows, matrices.columns);
    return places
        .offset(matrices.value)
        .map(offset -> objects.inWorkArea(all, offset))
        .orElseGet(() -> objects.array(all, matrices.address(example * each, 0, 0)));
  }
}
