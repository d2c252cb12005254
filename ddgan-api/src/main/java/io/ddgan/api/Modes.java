package io.ddgan.api;

import java.util.List;

/**
 * A mixture of equally likely, isotropic Gaussians: their means, and the standard deviation of each
 * in every dimension.
 */
public record Modes(List<List<Double>> centres, double std) {

  public Modes {
    centres = centres.stream().map(List::copyOf).toList();
  }
}
