package io.ddgan.api;

import java.util.List;

/**
 * A mixture of equally likely, isotropic Gaussians.
 *
 * @param centres the means
 * @param deviation standard deviation of every mode in every dimension
 */
public record Modes(List<List<Double>> centres, double deviation) {

  /** Copies the means. */
  public Modes {
    centres = centres.stream().map(List::copyOf).toList();
  }
}
