package io.ddgan.networks;

import io.ddgan.api.ParameterScope;
import io.ddgan.layers.Dense;
import org.nd4j.autodiff.samediff.SDVariable;

/** The hidden layers of a multilayer perceptron. */
final class HiddenLayers {

  private HiddenLayers() {}

  /** Dense layers with leaky ReLU after each: {@code [N, in]} to {@code [N, width]}. */
  static SDVariable apply(ParameterScope p, SDVariable x, int in, int width, int layers) {
    SDVariable h = x;
    for (int i = 0; i < layers; i++) {
      h = Dense.of(i == 0 ? in : width, width).apply(p.child("hidden" + i), h);
      h = p.sameDiff().nn().leakyRelu(h, 0.2);
    }
    return h;
  }
}
