package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.engine.Call;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.elementwise.SoftmaxRows;
import io.ddgan.onednn.product.MatrixProduct;
import io.ddgan.onednn.product.MatrixProduct.Matrices;
import io.ddgan.onednn.runtime.BatchCall;
import io.ddgan.onednn.runtime.KernelCall;
import io.ddgan.onednn.runtime.KernelRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

class FusedBatchTest {

  private static final int EXAMPLES = 5;
  private static final int POSITIONS = 24;
  private static final int CHANNELS = 10;

  private final KernelRuntime runtime = new KernelRuntime(2);

  private static Value filled(long... shape) {
    return Value.fixed(Nd4j.randn(DataType.FLOAT, shape));
  }

  private static Value between(long... shape) {
    return Value.planned(DataType.FLOAT, shape);
  }

  private MatrixProduct product(Value a, Value b, boolean isTransposed, Value c) {
    return MatrixProduct.of(
        runtime,
        Matrices.of(a, false),
        Matrices.of(b, isTransposed),
        Matrices.of(c, false),
        a.shape()[0],
        1);
  }

  /** Attention of a batch: products of queries and keys, softmax, products with values. */
  private final class Attention {
    final Value queries;
    final Value keys;
    final Value values;
    final Value scores;
    final Value weights;
    final Value mixed;
    final List<Call> calls;

    Attention(int examples) {
      queries = filled(examples, POSITIONS, CHANNELS);
      keys = filled(examples, POSITIONS, CHANNELS);
      values = filled(examples, POSITIONS, CHANNELS);
      scores = between(examples, POSITIONS, POSITIONS);
      weights = between(examples, POSITIONS, POSITIONS);
      mixed = Value.fixed(Nd4j.create(DataType.FLOAT, examples, POSITIONS, CHANNELS));
      calls =
          List.of(
              product(queries, keys, true, scores),
              new SoftmaxRows(runtime, scores, Optional.empty(), weights),
              product(weights, values, false, mixed));
    }

    List<Call> fused(Set<Value> results) {
      return FusedBatch.of(runtime, calls, results);
    }

    float[] run(List<Call> some) {
      Loops.run(some);
      return mixed.array().dup('c').data().asFloat();
    }
  }

  @Test
  void whatNothingElseReadsNeedsNoMemory() {
    Attention attention = new Attention(EXAMPLES);
    List<Call> fused = attention.fused(Set.of(attention.mixed));
    assertEquals(1, fused.size());
    assertEquals(
        List.of(attention.queries, attention.keys, attention.values), fused.get(0).inputs());
    assertEquals(List.of(attention.mixed), fused.get(0).outputs());
    float[] inCache = attention.run(fused);
    assertArrayEquals(attention.run(attention.calls), inCache, 1e-6f);
  }

  @Test
  void whatIsAskedForIsWritten() {
    Attention attention = new Attention(EXAMPLES);
    List<Call> fused = attention.fused(Set.of(attention.mixed, attention.weights));
    assertEquals(List.of(attention.weights, attention.mixed), fused.get(0).outputs());
    attention.run(fused);
    float[] weights = attention.weights.array().dup('c').data().asFloat();
    attention.run(attention.calls);
    assertArrayEquals(attention.weights.array().dup('c').data().asFloat(), weights, 1e-6f);
  }

  @Test
  void whatLaterCallsReadIsWritten() {
    Attention attention = new Attention(EXAMPLES);
    Call later =
        new KernelCall(runtime, "conv2d", List.of(attention.scores), List.of(), () -> () -> {});
    List<Call> calls = new ArrayList<>(attention.calls);
    calls.add(later);
    List<Call> fused = FusedBatch.of(runtime, calls, Set.of(attention.mixed));
    assertEquals(List.of(attention.scores, attention.mixed), fused.get(0).outputs());
    assertEquals(later, fused.get(1));
  }

  @Test
  void fewExamplesAreLeftToThreadsThatShareEach() {
    Attention attention = new Attention(3);
    assertEquals(attention.calls, attention.fused(Set.of(attention.mixed)));
  }

  @Test
  void whatNobodyReadsIsWritten() {
    Attention attention = new Attention(EXAMPLES);
    List<Call> first = attention.calls.subList(0, 1);
    assertEquals(first, FusedBatch.of(runtime, first, Set.of()));
  }

  /** Kernels are made for the threads that there are, and run by one. */
  @Test
  void isMadeForASingleThread() {
    var operations = NativeOpsHolder.getInstance().getDeviceNativeOps();
    Attention attention = new Attention(EXAMPLES);
    List<Integer> threads = new ArrayList<>();
    BatchCall watched =
        new BatchCall() {
          private final BatchCall call = (BatchCall) attention.calls.get(0);

          @Override
          public String name() {
            return call.name();
          }

          @Override
          public List<Value> inputs() {
            return call.inputs();
          }

          @Override
          public List<Value> outputs() {
            return call.outputs();
          }

          @Override
          public long examples() {
            return call.examples();
          }

          @Override
          public KernelRuntime runtime() {
            return runtime;
          }

          @Override
          public Kernel kernel() {
            threads.add(operations.ompGetMaxThreads());
            return call.kernel();
          }

          @Override
          public ExampleKernel kernel(Places places) {
            threads.add(operations.ompGetMaxThreads());
            return call.kernel(places);
          }
        };
    int before = operations.ompGetMaxThreads();
    operations.setOmpNumThreads(3);
    try {
      attention.run(List.of(watched, attention.calls.get(1), attention.calls.get(2)));
      attention.run(
          FusedBatch.of(
              runtime,
              List.of(watched, attention.calls.get(1), attention.calls.get(2)),
              Set.of(attention.mixed)));
      assertEquals(3, operations.ompGetMaxThreads());
    } finally {
      operations.setOmpNumThreads(before);
    }
    assertEquals(List.of(1, 1), threads);
  }

  @Test
  void aMatrixForAllExamplesIsComputedBefore() {
    Value logits = filled(EXAMPLES, EXAMPLES);
    Value filter = between(EXAMPLES, EXAMPLES);
    Value maps = filled(EXAMPLES, POSITIONS, EXAMPLES);
    Value filtered = Value.fixed(Nd4j.create(DataType.FLOAT, EXAMPLES, POSITIONS, EXAMPLES));
    List<Call> calls =
        List.of(
            new SoftmaxRows(runtime, logits, Optional.empty(), filter),
            MatrixProduct.of(
                runtime,
                Matrices.of(maps, false),
                Matrices.of(filter, false).alike(),
                Matrices.of(filtered, false),
                EXAMPLES,
                1));
    assertEquals(calls, FusedBatch.of(runtime, calls, Set.of(filtered)));
  }
}
