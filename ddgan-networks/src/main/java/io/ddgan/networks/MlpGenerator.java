package io.ddgan.networks;

import io.ddgan.api.Generator;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;

/** Fully connected layers on the noisier point, the latent vector and the time. */
public record MlpGenerator(
    @Key(value = "units of each hidden layer", min = 1) int width,
    @Key(value = "hidden layers", min = 1) int layers,
    @Key(value = "length of the latent vector z", min = 1) int latentSize,
    @Key(value = "length of the time embedding, even", min = 4) int timeEmbedding)
    implements Generator {

  @Override
  public SDVariable forward(ParameterScope p, Inputs inputs) {
    int size = p.shape().size();
    SDVariable flat = inputs.noisier().reshape(p.batch(), size);
    SDVariable time = Layers.timeEmbedding(p, inputs.time(), timeEmbedding);
    SDVariable h = p.sameDiff().concat(1, flat, inputs.latent(), time);
    h = Layers.perceptron(p, h, size + latentSize + timeEmbedding, width, layers, size);
    return h.reshape(p.shape().batch(p.batch()));
  }
}
