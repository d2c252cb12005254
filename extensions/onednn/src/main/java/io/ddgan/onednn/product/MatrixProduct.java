package io.ddgan.onednn.product;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.BatchCall;
import io.ddgan.onednn.runtime.Group;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.Native;
import io.ddgan.onednn.runtime.Native.Argument;
import io.ddgan.onednn.runtime.Native.Bound;
import io.ddgan.onednn.runtime.Native.Primitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.dnnl.dnnl_memory_desc;

/**
 * Products of matrices.
 *
 * @param examples number of examples
 * @param each number of products of an example
 */
public record MatrixProduct(
    KernelRuntime runtime, Matrices a, Matrices b, Matrices c, long examples, long each)
    implements BatchCall {

  /**
   * Matrices of a batch.
   *
   * @param value whose memory they are in
   * @param rows of each
   * @param columns of each
   * @param batch numbers from one matrix to the next; 0 if all are the same
   * @param row numbers from one row to the next
   * @param column numbers from one column to the next
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

    private long address(long first, long row, long column) {
      return KernelRuntime.address(value)
          + (first * batch + row * this.row + column * this.column) * Float.BYTES;
    }
  }

  /** Oriented so that the result has its rows one after another, as oneDNN wants it. */
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

  /** Parts are of the batch, or of the longer side of a single result. */
  @Override
  public Kernel kernel() {
    Native objects = runtime.objects();
    Map<Integer, Product> products = new HashMap<>();
    List<Bound> parts = new ArrayList<>();
    boolean isBatch = examples * each > 1;
    boolean isOfRows = !isBatch && a.rows >= b.columns;
    boolean isOfColumns = !isBatch && !isOfRows;
    long all = isBatch ? examples * each : Math.max(a.rows, b.columns);
    long work = isBatch ? a.rows * a.columns * b.columns : a.columns * Math.min(a.rows, b.columns);
    for (Group group : Group.of(all, work / 256)) {
      Product product =
          products.computeIfAbsent(
              group.count(),
              count ->
                  product(
                      objects,
                      isBatch ? count : 1,
                      isOfRows ? count : a.rows,
                      isOfColumns ? count : b.columns));
      long first = isBatch ? group.first() : 0;
      long row = isOfRows ? group.first() : 0;
      long column = isOfColumns ? group.first() : 0;
      parts.add(
          objects.bind(
              product.primitive,
              objects.array(Native.SOURCE, product.a, a.address(first, row, 0)),
              objects.array(Native.WEIGHTS, product.b, b.address(first, 0, column)),
              objects.array(Native.DESTINATION, product.c, c.address(first, row, column))));
    }
    return objects.kernel(() -> runtime.run(parts));
  }

  @Override
  public ExampleKernel kernel(Places places) {
    Native objects = runtime.objects(places.size());
    Product product = product(objects, each, a.rows, b.columns);
    List<Bound> bound = new ArrayList<>();
    for (int example = 0; example < examples; example++) {
      bound.add(
          objects.bind(
              product.primitive,
              argument(objects, Native.SOURCE, product.a, a, example, places),
              argument(objects, Native.WEIGHTS, product.b, b, example, places),
              argument(objects, Native.DESTINATION, product.c, c, example, places)));
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

  private Argument argument(
      Native objects,
      int role,
      dnnl_memory_desc description,
      Matrices matrices,
      int example,
      Places places) {
    return places
        .offset(matrices.value)
        .map(offset -> objects.inWorkArea(role, description, offset))
        .orElseGet(() -> objects.array(role, description, matrices.address(example * each, 0, 0)));
  }

  /** A primitive for parts of one size. */
  private record Product(
      Primitive primitive, dnnl_memory_desc a, dnnl_memory_desc b, dnnl_memory_desc c) {}

  private Product product(Native objects, long count, long rows, long columns) {
    dnnl_memory_desc left =
        objects.strided(
            new long[] {a.batch == 0 ? 1 : count, rows, a.columns},
            new long[] {Math.max(1, a.batch), a.row, a.column});
    dnnl_memory_desc right =
        objects.strided(
            new long[] {b.batch == 0 ? 1 : count, b.rows, columns},
            new long[] {Math.max(1, b.batch), b.row, b.column});
    dnnl_memory_desc result =
        objects.strided(new long[] {count, rows, columns}, new long[] {c.batch, c.row, c.column});
    return new Product(
        objects.primitive(objects.product(left, right, result, false)), left, right, result);
  }
}
