package io.ddgan.onednn.product;

import io.ddgan.engine.Call;
import io.ddgan.engine.Value;
import io.ddgan.onednn.product.MatrixProduct.Matrices;
import io.ddgan.onednn.runtime.DnnlObjects;
import io.ddgan.onednn.runtime.DnnlObjects.Bound;
import io.ddgan.onednn.runtime.KernelCall;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.NativeFloats;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The product of one row and a matrix, with the bits that the row has among others. oneDNN computes
 * a single row by another method, so the row is computed twice. One thread is faster than two that
 * wait for each other.
 */
final class RowProduct {

  private RowProduct() {}

  static Call of(KernelRuntime runtime, Matrices row, Matrices right, Value output) {
    int in = (int) row.columns();
    int out = (int) right.columns();
    Value twice = Value.planned(DataType.FLOAT, new long[] {2, in});
    Value results = Value.planned(DataType.FLOAT, new long[] {2, out});
    return new KernelCall(
        runtime,
        "matmul",
        List.of(row.value(), right.value()),
        List.of(output, twice, results),
        () -> {
          NativeFloats x = KernelRuntime.numbers(row.value());
          NativeFloats rows = KernelRuntime.numbers(twice);
          NativeFloats products = KernelRuntime.numbers(results);
          NativeFloats y = KernelRuntime.numbers(output);
          float[] numbers = new float[Math.max(in, out)];
          DnnlObjects objects = runtime.objects();
          Bound product =
              objects.product(
                  Matrices.of(twice, false).all(objects),
                  right.all(objects),
                  Matrices.of(results, false).all(objects));
          return objects.kernel(
              () -> {
                x.get(0, numbers, 0, in);
                rows.put(0, numbers, 0, in);
                rows.put(in, numbers, 0, in);
                runtime.run(product, 0);
                products.get(0, numbers, 0, out);
                y.put(0, numbers, 0, out);
              });
        });
  }
}
