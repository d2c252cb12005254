package io.ddgan.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MomentsTest {

  private static final int SIZE = 3;

  /** Two blocks and a part of one, compared with {@code numpy.cov}. */
  @Test
  void agreesWithNumpy() throws IOException {
    Moments moments = Moments.of(Vectors.of(pattern(2500), SIZE));
    assertEquals(SIZE, moments.size());
    assertArrayEquals(new double[] {5.99055, 6.1322, 6.1138}, moments.mean(), 1e-12);
    assertArrayEquals(
        new double[] {
          14.37913109993995,
          -0.5743241896758723,
          0.7641310624249672,
          -0.5743241896758723,
          10.935847498999527,
          0.47455171068427343,
          0.7641310624249672,
          0.47455171068427343,
          10.93204737895154
        },
        moments.covariance(),
        1e-12);
  }

  @Test
  void readsEachVectorOnce() throws IOException {
    List<Integer> read = new ArrayList<>();
    Vectors all = Vectors.of(pattern(2500), SIZE);
    Vectors.Reader reader =
        (first, count, out) -> {
          IntStream.range(first, first + count).forEach(read::add);
          all.read(first, count, out);
        };
    assertEquals(SIZE, Moments.of(Vectors.of(2500, SIZE, reader)).size());
    assertEquals(IntStream.range(0, 2500).boxed().toList(), read);
  }

  /** Sums of products around zero would lose all digits of values far from it. */
  @Test
  void handlesBlocksOfAnySizeAndALargeMean() throws IOException {
    for (int count : List.of(2, 3, 1023, 1024, 1025, 2048, 2049)) {
      double[] values = pattern(count);
      double[] far = Arrays.stream(values).map(x -> x + 0x1p30).toArray();
      Moments ofFar = Moments.of(Vectors.of(far, SIZE));
      double[] expected = covariance(values);
      assertArrayEquals(expected, Moments.of(Vectors.of(values, SIZE)).covariance(), 1e-12);
      assertArrayEquals(expected, ofFar.covariance(), 1e-12);
      assertEquals(0x1p30, ofFar.mean()[0], 20);
    }
  }

  @Test
  void refusesVectorsWithoutMoments() {
    assertRefused("at least 2 examples", () -> Moments.of(Vectors.of(new double[SIZE], SIZE)));
    double[] values = {0, 1, Double.NaN, 1};
    assertRefused("not finite: NaN", () -> Moments.of(Vectors.of(values, 2)));
    double[] infinite = {Double.POSITIVE_INFINITY};
    assertRefused("not finite: Infinity", () -> Moments.of(new double[1], infinite));
    assertRefused("got 3", () -> Moments.of(new double[2], new double[3]));
    double[] huge = new double[2 * 196_608];
    assertRefused("use at most 16000", () -> Moments.of(Vectors.of(huge, 196_608)));
  }

  private static void assertRefused(String expected, Executable action) {
    String message = assertThrows(RefusedException.class, action).getMessage();
    assertTrue(message.contains(expected), message);
  }

  /** Exact in binary. */
  private static double[] pattern(int count) {
    return IntStream.range(0, count * SIZE)
        .mapToDouble(k -> pattern((long) (k / SIZE), k % SIZE))
        .toArray();
  }

  private static double pattern(long i, long j) {
    return (i * i * 31 + i * j * 17 + j * 5) % 97 / 8.0;
  }

  /** In two passes. */
  private static double[] covariance(double[] values) {
    int count = values.length / SIZE;
    double[] mean = new double[SIZE];
    for (int i = 0; i < values.length; i++) {
      mean[i % SIZE] += values[i] / count;
    }
    double[] covariance = new double[SIZE * SIZE];
    for (int row = 0; row < values.length; row += SIZE) {
      for (int i = 0; i < covariance.length; i++) {
        covariance[i] +=
            (values[row + i / SIZE] - mean[i / SIZE])
                * (values[row + i % SIZE] - mean[i % SIZE])
                / (count - 1);
      }
    }
    return covariance;
  }
}
