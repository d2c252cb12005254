package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.ddgan.api.DataShape;
import io.ddgan.engine.Engine;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.random.RandomStreams;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Checks that an engine computes the same bits of an example in any batch. */
public final class PlacesInBatch {

  private static final int IN = 96;

  private PlacesInBatch() {}

  /**
   * Moves examples to other positions in batches of several sizes.
   *
   * @param rows rows per example of a matrix product
   * @param out columns of the matrix product
   */
  public static void assertMakeNoDifference(Engine engine, int rows, int out) {
    for (int examples = 1; examples <= 23; examples++) {
      try (CompiledPlan plan = plan(engine, examples, examples, rows, out)) {
        float[] first = gaussian(examples * rows * IN);
        float[] expected = run(plan, first);
        for (int places = 1; places < examples; places++) {
          float[] moved = run(plan, rotated(first, places * rows * IN));
          assertArrayEquals(
              rotated(expected, places * rows * out),
              moved,
              examples + " examples, shifted by " + places);
        }
      }
    }
  }

  /**
   * Computes the first examples in batches of several sizes.
   *
   * @param rows rows per example of a matrix product
   * @param out columns of the matrix product
   */
  public static void assertSizesMakeNoDifference(Engine engine, int rows, int out) {
    int usual = 24;
    float[] x = gaussian(usual * rows * IN);
    float[] expected;
    try (CompiledPlan plan = plan(engine, usual, usual, rows, out)) {
      expected = run(plan, x);
    }
    for (int examples : new int[] {1, 2, 3, 5, 16, 23, 40}) {
      try (CompiledPlan plan = plan(engine, examples, usual, rows, out)) {
        float[] values = run(plan, Arrays.copyOf(x, examples * rows * IN));
        int known = Math.min(examples, usual) * rows * out;
        assertArrayEquals(
            Arrays.copyOf(expected, known), Arrays.copyOf(values, known), examples + " examples");
      }
    }
  }

  private static CompiledPlan plan(Engine engine, int examples, int usual, int rows, int out) {
    Graph graph = new Graph(DataType.FLOAT, examples, DataShape.point(IN));
    SDVariable x = graph.input("x", (long) examples * rows, IN);
    SDVariable weights =
        graph.sameDiff().constant(Nd4j.createFromArray(gaussian(IN * out)).reshape(out, IN));
    SDVariable y = graph.sameDiff().mmul(x, weights, false, true, false);
    return CompiledPlan.of(graph)
        .on(engine)
        .batchInvariance(examples, usual)
        .output("y", y)
        .build();
  }

  private static float[] run(CompiledPlan plan, float[] x) {
    plan.set("x", x);
    plan.run();
    return plan.get("y");
  }

  private static float[] rotated(float[] values, int by) {
    float[] all = Arrays.copyOfRange(values, by, values.length + by);
    System.arraycopy(values, 0, all, values.length - by, by);
    return all;
  }

  private static float[] gaussian(int count) {
    RandomGenerator random = new RandomStreams(count).stream("numbers");
    float[] all = new float[count];
    for (int i = 0; i < count; i++) {
      all[i] = (float) random.nextGaussian();
    }
    return all;
  }
}
