package io.ddgan.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.Moments;
import io.ddgan.api.Vectors;
import io.ddgan.contract.Draws;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GaussianDistanceTest {

  @Test
  void isThatOfTheMeansForEqualCovariances() {
    double[] covariance = {2, 1, 1, 3};
    assertEquals(
        25,
        distance(
            Moments.of(new double[] {1, 1}, covariance),
            Moments.of(new double[] {4, -3}, covariance)),
        1e-12);
  }

  @Test
  void isThatOfTheDeviationsForDiagonalCovariances() {
    assertEquals(1 + 4 + 9, distance(diagonal(1, 4, 9), diagonal(4, 16, 36)), 1e-12);
    assertEquals(0.25, distance(diagonal(1e-12, 1), diagonal(1e-12, 0.25)), 1e-12);
  }

  /** For 2 x 2 matrices {@code tr sqrt(M) = sqrt(tr M + 2 sqrt(det M))}. */
  @Test
  void holdsForCovariancesThatDoNotCommute() {
    double[] a = {2, 1, 1, 3};
    double[] b = {5, -2, -2, 1};
    double trace = 2 * 5 + 1 * -2 + 1 * -2 + 3 * 1;
    double root = Math.sqrt(trace + 2 * Math.sqrt(5 * 1));
    assertEquals(5 + 6 - 2 * root, distance(centred(a), centred(b)), 1e-12);
  }

  @Test
  void ofSingularCovariancesIsExact() {
    assertEquals(2, distance(diagonal(1, 0), diagonal(0, 1)), 1e-12);
    assertEquals(1, distance(diagonal(1, 1), diagonal(0, 1)), 1e-12);
    assertEquals(5, distance(diagonal(0, 0), diagonal(2, 3)), 1e-12);
    assertEquals(0, distance(diagonal(0, 0), diagonal(0, 0)));
  }

  /** For {@code u u'} and {@code v v'} the trace of the root is {@code |u.v|}. */
  @Test
  void ofCovariancesOfRankOneIsThatOfTwoLines() {
    double[] u = {1, -2, 0.5};
    double[] v = {0.3, 1, 4};
    double expected = 5.25 + 17.09 - 2 * Math.abs(0.3 - 2 + 2);
    assertEquals(expected, distance(centred(outer(u)), centred(outer(v))), 1e-12);
  }

  /** A rank of 30 or 300 in 200 dimensions, whose variances range over ten orders of magnitude. */
  @Test
  void ofASetFromItselfIsZero() throws IOException {
    for (int count : List.of(30, 300)) {
      double[] values = Draws.normal("itself", count, 200, 0, 1);
      for (int i = 0; i < values.length; i++) {
        values[i] *= Math.pow(10, -(i % 200) / 40.0);
      }
      Moments moments = Moments.of(Vectors.of(values, 200));
      assertEquals(0, distance(moments, moments), 1e-11);
      Moments reversed = Moments.of(Vectors.of(Draws.reversed(values, 200), 200));
      assertEquals(0, distance(moments, reversed), 1e-9);
    }
  }

  /** Only 20 of 200 directions, none of them an axis, have a variance. */
  @Test
  void roundingDoesNotAddDimensions() {
    int size = 200;
    double[] axis = Draws.normal("axis", 1, size, 0, 1);
    double square = Arrays.stream(axis).map(x -> x * x).sum();
    double[] flat = new double[size * size];
    for (int i = 0; i < flat.length; i++) {
      for (int k = 0; k < 20; k++) {
        flat[i] += reflection(axis, square, i / size, k) * reflection(axis, square, i % size, k);
      }
    }
    double[] round = new double[size];
    Arrays.fill(round, 1);
    assertEquals(180, distance(centred(flat), diagonal(round)), 1e-9);
    assertEquals(180, distance(diagonal(round), centred(flat)), 1e-9);
  }

  private static double reflection(double[] axis, double square, int i, int j) {
    return (i == j ? 1 : 0) - 2 * axis[i] * axis[j] / square;
  }

  @Test
  void momentsOfOtherFeaturesAreRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> distance(diagonal(1, 1), diagonal(1, 1, 1)));
    assertEquals(
        "moments of 2 features and of 3 cannot be compared; use one extractor for both",
        e.getMessage());
  }

  @Test
  void whatIsNoCovarianceIsNotTakenForAnIdenticalOne() {
    Moments none = centred(1, 2, 2, 1);
    for (Moments other : List.of(diagonal(1, 1), diagonal(4, 0.5))) {
      assertEquals(
          "invalid statistics: the covariance has negative eigenvalues; compute them again",
          assertThrows(IllegalArgumentException.class, () -> distance(none, other)).getMessage());
    }
  }

  private static double distance(Moments a, Moments b) {
    return new GaussianDistance(a).to(b);
  }

  private static Moments centred(double... covariance) {
    return Moments.of(new double[(int) Math.sqrt(covariance.length)], covariance);
  }

  private static Moments diagonal(double... variances) {
    double[] covariance = new double[variances.length * variances.length];
    for (int i = 0; i < variances.length; i++) {
      covariance[i * (variances.length + 1)] = variances[i];
    }
    return centred(covariance);
  }

  private static double[] outer(double... u) {
    double[] products = new double[u.length * u.length];
    Arrays.setAll(products, i -> u[i / u.length] * u[i % u.length]);
    return products;
  }
}
