package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@Isolated("it reads how much memory the process has")
class CompiledPlanMemoryTest {

  private static final long MEGABYTE = 1 << 20;
  private static final long LENGTH = 16 * MEGABYTE / Float.BYTES;

  /**
   * The plan has the input and two intermediate values. Memory of other tests may be freed at any
   * time, so lower bounds have a margin.
   */
  @Test
  void closingFreesAllMemoryOfAPlan() {
    Graph graph = new Graph(DataType.FLOAT, 1, DataShape.point(1));
    SDVariable x = graph.input("x", LENGTH);
    SDVariable y = graph.sameDiff().math().exp(graph.sameDiff().math().sin(x)).mul(x);
    long before = allocated();
    CompiledPlan plan = CompiledPlan.of(graph).output("y", y).build();
    long made = allocated();
    assertTrue(made - before < 20 * MEGABYTE, "a plan that has not run holds its input");
    plan.run();
    long open = allocated();
    assertTrue(open - before >= 40 * MEGABYTE, "a plan holds " + (open - before) + " bytes");
    INDArray input = plan.input("x");
    INDArray output = plan.output("y");
    assertFalse(input.wasClosed() || output.wasClosed());
    plan.close();
    assertTrue(allocated() - before < MEGABYTE, "closing frees what a plan holds");
    assertTrue(input.wasClosed() && output.wasClosed(), "memory that is freed is not read");
  }

  @Test
  void failedPlansKeepNoMemory() {
    Graph graph = new Graph(DataType.FLOAT, 1, DataShape.point(1));
    SDVariable x = graph.input("x", LENGTH);
    SDVariable random = graph.sameDiff().random().normal(0, 1, DataType.FLOAT, LENGTH);
    long before = allocated();
    assertThrows(
        IllegalArgumentException.class,
        () -> CompiledPlan.of(graph).output("y", x.mul(2).add(random)).build());
    assertTrue(allocated() - before < MEGABYTE, "a failed build frees what it took");
  }

  @Test
  void refusesTooLargePlansBeforeAllocation() {
    Graph graph = new Graph(DataType.FLOAT, 1, DataShape.point(1));
    SDVariable column = graph.input("column", LENGTH, 1);
    SDVariable row = graph.input("row", 1, LENGTH);
    long before = allocated();
    var refused =
        assertThrows(
            RefusedException.class,
            () -> CompiledPlan.of(graph).output("y", column.mmul(row).add(1)).build());
    assertTrue(
        refused
            .getMessage()
            .matches("the intermediate values of a batch need [0-9,]{9,} MiB of memory, .*"),
        refused.getMessage());
    assertTrue(allocated() - before < MEGABYTE, "what is refused holds nothing");
  }

  private static long allocated() {
    return Nd4j.getEnvironment().getDeviceCouner(0);
  }
}
