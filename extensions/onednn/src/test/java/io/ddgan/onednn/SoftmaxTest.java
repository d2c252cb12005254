package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DataShape;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ReverseMode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** Against the definitions, in double precision. */
class SoftmaxTest {

  private static final int ROWS = 6;

  private static final float[] SPECIAL = {
    0, -0f, 1e-30f, -86.9f, -87.1f, -103, -1e30f, Float.NEGATIVE_INFINITY, 88, 1e4f
  };

  /** The result and the argument's gradient, with weights of the results as their gradients. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Rows(float[] result, float[] gradient) {

    static Rows of(float[] x, float[] weights, int row) {
      int rows = x.length / row;
      Graph graph = new Graph(DataType.FLOAT, rows, DataShape.point(row));
      SDVariable argument = graph.input("x", rows, row);
      SDVariable y = graph.sameDiff().nn().softmax(argument, -1);
      SDVariable loss = y.mul(graph.input("weights", rows, row)).sum();
      SDVariable gradient =
          new ReverseMode(graph.sameDiff())
              .gradients(loss, List.of(argument), Set.of())
              .get(argument);
      try (CompiledPlan plan =
          CompiledPlan.of(graph)
              .on(Tested.engine(true, 2))
              .output("y", y)
              .output("gradient", gradient)
              .build()) {
        plan.set("x", x);
        plan.set("weights", weights);
        plan.run();
        return new Rows(plan.get("y"), plan.get("gradient"));
      }
    }
  }

  private static float[] numbers(int count, SplittableRandom random) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] =
          random.nextInt(9) == 0
              ? SPECIAL[random.nextInt(SPECIAL.length)]
              : (float) random.nextDouble(-20, 20);
    }
    return numbers;
  }

  /** Exact but for the differences, which are rounded to float32. */
  private static double[] softmax(float[] x) {
    float largest = x[0];
    for (float each : x) {
      largest = Math.max(largest, each);
    }
    double[] e = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      e[i] = Math.exp(x[i] - largest);
    }
    double sum = Arrays.stream(e).sum();
    return Arrays.stream(e).map(v -> v / sum).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 16, 37, 256})
  void isThatOfTheDefinition(int row) {
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      float[] x = numbers(ROWS * row, random);
      float[] g = new float[x.length];
      for (int i = 0; i < g.length; i++) {
        g[i] = (float) random.nextDouble(-1, 1);
      }
      Rows rows = Rows.of(x, g, row);
      for (int r = 0; r < ROWS; r++) {
        int at = r * row;
        double[] expected = softmax(Arrays.copyOfRange(x, at, at + row));
        double mean = IntStream.range(0, row).mapToDouble(i -> expected[i] * g[at + i]).sum();
        for (int i = 0; i < row; i++) {
          String where = "number " + i + " of row " + r + ", seed " + seed;
          double y = expected[i];
          assertEquals(y, rows.result[at + i], 1e-36 + 5e-7 * y, where);
          assertEquals((g[at + i] - mean) * y, rows.gradient[at + i], 1e-36 + 1e-6 * y, where);
        }
      }
    }
  }

  /** Not all that is not a number has the same bits. */
  @ParameterizedTest
  @ValueSource(ints = {0x7fc00000, 0x7f800001, 0x7fc00080, 0xffffffff, 0x7f800000})
  void ofARowWithoutOneIsNotANumberThereAlone(int bits) {
    float[] x = new float[3 * 20];
    x[25] = Float.intBitsToFloat(bits);
    Rows rows = Rows.of(x, new float[x.length], 20);
    for (int i = 0; i < x.length; i++) {
      assertEquals(i / 20 == 1 ? Float.NaN : 0.05f, rows.result[i], 1e-8f, "number " + i);
    }
  }
}
