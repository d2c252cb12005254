package io.ddgan.layers;

import io.ddgan.api.Initializer;
import io.ddgan.api.ParameterScope;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A fully connected layer: {@code x W^T + b}. Its parameters are {@code weight} {@code [out, in]}
 * and optionally {@code bias} {@code [out]}.
 */
public final class Dense {

  private final int in;
  private final int out;
  private final Initializer weights;
  private final Optional<Initializer> bias;

  private Dense(int in, int out, Initializer weights, Optional<Initializer> bias) {
    this.in = in;
    this.out = out;
    this.weights = weights;
    this.bias = bias;
  }

  /**
   * A layer from vectors of length {@code in} to length {@code out}. Its bias is initialised to 0,
   * its weights by {@link Initializers#fanAverage} of 1.
   */
  public static Dense of(int in, int out) {
    return new Dense(in, out, Initializers.fanAverage(1), Optional.of(Initializers.zeros()));
  }

  /** The same with other initial weights. */
  public Dense weights(Initializer initializer) {
    return new Dense(in, out, initializer, bias);
  }

  /** The same with a bias and its initial values. */
  public Dense bias(Initializer initializer) {
    return new Dense(in, out, weights, Optional.of(initializer));
  }

  /** The same without a bias. */
  public Dense withoutBias() {
    return new Dense(in, out, weights, Optional.empty());
  }

  /** Adds the layer: {@code [N, in]} to {@code [N, out]}. */
  public SDVariable apply(ParameterScope p, SDVariable x) {
    SDVariable weight = weight(p);
    Optional<SDVariable> shift = shift(p);
    SDVariable product = p.sameDiff().mmul(x, weight, false, true, false);
    return shift.map(b -> product.add(b.reshape(1, out))).orElse(product);
  }

  /** Creates only the parameters, for a network with an unused layer. */
  public void declare(ParameterScope p) {
    weight(p);
    shift(p);
  }

  private SDVariable weight(ParameterScope p) {
    return p.parameter("weight", weights, out, in);
  }

  private Optional<SDVariable> shift(ParameterScope p) {
    return bias.map(initializer -> p.parameter("bias", initializer, out));
  }
}
