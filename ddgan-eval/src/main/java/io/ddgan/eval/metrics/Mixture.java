package io.ddgan.eval.metrics;

import io.ddgan.api.GaussianMixture;

/** A mixture of equally likely isotropic Gaussians. */
final class Mixture {

  private final double[][] centres;
  private final double deviation;

  Mixture(GaussianMixture modes) {
    centres =
        modes.centres().stream()
            .map(centre -> centre.stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new);
    deviation = modes.std();
  }

  /** Returns the number of modes. */
  int size() {
    return centres.length;
  }

  int dimensions() {
    return centres[0].length;
  }

  /** Returns the mode with the nearest mean, the first of equal ones. */
  int nearest(double[] point) {
    int nearest = 0;
    for (int mode = 1; mode < centres.length; mode++) {
      if (deviations(point, mode) < deviations(point, nearest)) {
        nearest = mode;
      }
    }
    return nearest;
  }

  /** Returns the Euclidean distance from a mode's mean, in standard deviations. */
  double deviations(double[] point, int mode) {
    double square = 0;
    for (int i = 0; i < point.length; i++) {
      double difference = point[i] - centres[mode][i];
      square += difference * difference;
    }
    return Math.sqrt(square) / deviation;
  }
}
