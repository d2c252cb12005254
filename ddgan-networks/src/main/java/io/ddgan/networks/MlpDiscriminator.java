package io.ddgan.networks;

import io.ddgan.api.Discriminator;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;

/** Fully connected layers on both points of a step and the time. */
public record MlpDiscriminator(
    @Key(value = "units of each hidden layer", min = 1) int width,
    @Key(value = "hidden layers", min = 1) int layers,
    @Key(value = "length of the time embedding, even", min = 4) int timeEmbedding)
    implements Discriminator {

  @Override
  public SDVariable forward(ParameterScope p, Inputs inputs) {
    int size = p.shape().size();
    SDVariable time = Layers.timeEmbedding(p, inputs.time(), timeEmbedding);
    SDVariable h =
        p.sameDiff()
            .concat(
                1,
                inputs.cleaner().reshape(p.batch(), size),
                inputs.noisier().reshape(p.batch(), size),
                time);
    return Layers.perceptron(p, h, 2 * size + timeEmbedding, width, layers, 1).reshape(p.batch());
  }
}
