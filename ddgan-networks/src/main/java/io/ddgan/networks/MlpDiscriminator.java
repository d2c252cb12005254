package io.ddgan.networks;

import io.ddgan.api.Discriminator;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.config.Key;
import io.ddgan.layers.Dense;
import io.ddgan.layers.SinusoidalEmbedding;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Fully connected layers on both points of a step and the time; if it sees the class, by projection
 * on the last hidden layer.
 */
public record MlpDiscriminator(
    @Key(value = "units of each hidden layer", min = 1) int width,
    @Key(value = "hidden layers", min = 1) int layers,
    @Key(value = "length of the time embedding, even", min = 4) int timeEmbedding,
    @Key("whether the network sees the class, which the data must have") boolean classConditional)
    implements Discriminator {

  @Override
  public SDVariable forward(ParameterScope p, Inputs inputs) {
    Optional<ClassLabel> label = ClassLabel.of(classConditional, p, inputs);
    int size = p.shape().size();
    SDVariable time = new SinusoidalEmbedding(timeEmbedding).apply(p, inputs.time());
    SDVariable both =
        p.sameDiff()
            .concat(
                1,
                inputs.cleaner().reshape(p.batch(), size),
                inputs.noisier().reshape(p.batch(), size),
                time);
    SDVariable h = HiddenLayers.apply(p, both, 2 * size + timeEmbedding, width, layers);
    SDVariable logits = Dense.of(width, 1).apply(p.child("output"), h).reshape(p.batch());
    return label
        .map(classes -> logits.add(classes.projection(p.child("class_embed"), h, width)))
        .orElse(logits);
  }
}
