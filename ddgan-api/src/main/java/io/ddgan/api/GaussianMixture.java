package io.ddgan.api;

import java.util.List;

/**
 * A mixture of equally likely, isotropic Gaussians: their means, and the standard deviation of each
 * in every dimension.
 */
public record GaussianMixture(List<List<Double>> centres, double std) {

  public GaussianMixture {
    centres = centres.stream().map(List::copyOf).toList();
  }
}
