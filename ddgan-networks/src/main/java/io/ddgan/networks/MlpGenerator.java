package io.ddgan.networks;

import io.ddgan.api.Generator;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.config.Key;
import io.ddgan.layers.Dense;
import io.ddgan.layers.SinusoidalEmbedding;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Fully connected layers on x_{t+1}, the latent vector, the time and optionally the class (Mirza
 * and Osindero, 2014).
 */
public record MlpGenerator(
    @Key(value = "units of each hidden layer", min = 1) int width,
    @Key(value = "number of hidden layers", min = 1) int layers,
    @Key(value = "length of the latent vector z", min = 1) int latentSize,
    @Key(value = "length of the time embedding", min = 4) int timeEmbeddingSize,
    @Key("rescaling of the time, to reuse weights trained with another number of denoising steps")
        TimeScale time,
    @Key("whether to condition on the class; needs data with classes") boolean classConditional)
    implements Generator {

  @Override
  public SDVariable forward(ParameterScope p, Inputs inputs) {
    Optional<ClassLabel> label = ClassLabel.of(classConditional, p, inputs);
    int size = p.shape().size();
    SDVariable flat = inputs.xtp1().reshape(p.batch(), size);
    SDVariable embedded =
        new SinusoidalEmbedding(timeEmbeddingSize).apply(p, time.of(inputs.time()));
    SDVariable h = p.sameDiff().concat(1, flat, inputs.latent(), embedded);
    int in = size + latentSize + timeEmbeddingSize;
    if (label.isPresent()) {
      h = p.sameDiff().concat(1, h, label.get().rows());
      in += label.get().classes();
    }
    h = HiddenLayers.apply(p, h, in, width, layers);
    return Dense.of(width, size).apply(p.child("output"), h).reshape(p.shape().batch(p.batch()));
  }
}
