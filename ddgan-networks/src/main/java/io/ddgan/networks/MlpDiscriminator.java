package io.ddgan.networks;

import io.ddgan.api.Discriminator;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.ParameterScope;
import io.ddgan.config.Key;
import io.ddgan.layers.Dense;
import io.ddgan.layers.SinusoidalEmbedding;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Fully connected layers on x_t, x_{t+1} and the time. A class-conditional one projects the class
 * on the last hidden layer.
 */
public record MlpDiscriminator(
    @Key(value = "units of each hidden layer", min = 1) int width,
    @Key(value = "number of hidden layers", min = 1) int layers,
    @Key(value = "length of the time embedding", min = 4) int timeEmbeddingSize,
    @Key("whether to condition on the class; needs data with classes") boolean classConditional)
    implements Discriminator {

  @Override
  public SDVariable forward(ParameterScope p, Inputs inputs) {
    return logits(p, inputs, hidden(p, inputs));
  }

  @Override
  public Optional<Network> withDenoisingHead() {
    return Optional.of(this::logitsAndData);
  }

  private SDVariable logitsAndData(ParameterScope p, Inputs inputs) {
    SDVariable hidden = hidden(p, inputs);
    return p.sameDiff()
        .concat(
            1,
            logits(p, inputs, hidden).reshape(p.batch(), 1),
            Dense.of(width, p.shape().size()).apply(p.child("denoising"), hidden));
  }

  private SDVariable hidden(ParameterScope p, Inputs inputs) {
    int size = p.shape().size();
    SDVariable time = new SinusoidalEmbedding(timeEmbeddingSize).apply(p, inputs.time());
    SDVariable both =
        p.sameDiff()
            .concat(
                1,
                inputs.xt().reshape(p.batch(), size),
                inputs.xtp1().reshape(p.batch(), size),
                time);
    return HiddenLayers.apply(p, both, 2 * size + timeEmbeddingSize, width, layers);
  }

  private SDVariable logits(ParameterScope p, Inputs inputs, SDVariable hidden) {
    SDVariable logits = Dense.of(width, 1).apply(p.child("output"), hidden).reshape(p.batch());
    return ClassLabel.of(classConditional, p, inputs)
        .map(classes -> logits.add(classes.projection(p.child("class_embed"), hidden, width)))
        .orElse(logits);
  }
}
