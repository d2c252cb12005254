package io.ddgan.eval.classifier;

import io.ddgan.internal.weights.Tensor;
import java.util.Locale;

/**
 * What training gave.
 *
 * @param parameters the network's, in its order
 * @param accuracy share of the held-out examples whose class the network names, in [0, 1]
 */
record Trained(Tensor parameters, double accuracy) {

  /** The accuracy for people. */
  String percentage() {
    return String.format(Locale.ROOT, "%.1f %%", 100 * accuracy);
  }
}
