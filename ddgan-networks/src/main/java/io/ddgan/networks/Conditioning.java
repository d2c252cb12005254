package io.ddgan.networks;

import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.layers.Dense;
import io.ddgan.layers.Initializers;
import io.ddgan.layers.Silu;
import io.ddgan.layers.SinusoidalEmbedding;
import java.util.Optional;
import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The conditioning inputs of every residual block of the generator.
 *
 * @param time activated time embedding {@code [N, timeSize]}; empty if the network is not
 *     conditioned on it
 * @param style style vector from the latent vector, {@code [N, styleSize]}
 */
record Conditioning(Optional<SDVariable> time, int timeSize, SDVariable style, int styleSize) {

  /** Smaller times are raised to this, because their logarithm is needed. */
  private static final double SMALLEST_TIME = 1e-5;

  /**
   * Embeds the time and maps the latent vector. In a class-conditional network one class embedding
   * is added to the time's (Dhariwal and Nichol, 2021, section 3.1). Another one, normalised like
   * the latent vector, is concatenated to that vector (Karras et al., 2020, "Training generative
   * adversarial networks with limited data").
   *
   * @param next returns the scope of the next module
   */
  static Conditioning of(
      Ncsnpp config, ParameterScope root, Supplier<ParameterScope> next, Inputs inputs) {
    Optional<ClassLabel> label = ClassLabel.of(config.classConditional(), root, inputs);
    ParameterScope embeddings = root.child("class_embed");
    SDVariable t = config.time().of(inputs.time());
    int width = config.baseChannels();
    int timeSize = 4 * width;
    SDVariable embedding =
        switch (config.embedding()) {
          case POSITIONAL -> new SinusoidalEmbedding(width).apply(root, t);
          case FOURIER -> fourier(next.get(), t, width, config.fourierScale());
        };
    int embeddingSize = config.embedding() == Ncsnpp.TimeEmbedding.FOURIER ? 2 * width : width;
    Optional<SDVariable> time = Optional.empty();
    if (config.timeConditional()) {
      SDVariable h = Dense.of(embeddingSize, timeSize).apply(next.get(), embedding);
      h = Dense.of(timeSize, timeSize).apply(next.get(), Silu.of(h));
      if (label.isPresent()) {
        h = h.add(label.get().embedding(embeddings.child("time"), timeSize));
      }
      time = Optional.of(Silu.of(h));
    }
    SDVariable latent = normalise(root, inputs.latent());
    int size = config.latentSize();
    if (label.isPresent()) {
      SDVariable embedded = label.get().embedding(embeddings.child("style"), size);
      latent = root.sameDiff().concat(1, latent, normalise(root, embedded));
      size *= 2;
    }
    return new Conditioning(time, timeSize, style(config, root, latent, size), config.styleSize());
  }

  /** Sines and cosines of the time's logarithm at random frequencies (Tancik et al., 2020). */
  private static SDVariable fourier(ParameterScope p, SDVariable t, int count, double scale) {
    var sd = p.sameDiff();
    SDVariable frequencies = p.frozenParameter("W", Initializers.normal(scale), count);
    SDVariable smallest = sd.constant(Nd4j.createFromArray(SMALLEST_TIME).castTo(p.dataType()));
    SDVariable logarithm = sd.math().log(sd.max(t, smallest)).reshape(p.batch(), 1);
    SDVariable angles = logarithm.mul(frequencies.reshape(1, count)).mul(2 * Math.PI);
    return sd.concat(1, sd.math().sin(angles), sd.math().cos(angles));
  }

  /** Normalises vectors to a mean square of 1. */
  private static SDVariable normalise(ParameterScope root, SDVariable vectors) {
    SDVariable length = root.sameDiff().math().square(vectors).mean(true, 1).add(1e-8);
    return vectors.div(root.sameDiff().math().sqrt(length));
  }

  /** Maps normalised vectors to the style. */
  private static SDVariable style(Ncsnpp config, ParameterScope root, SDVariable x, int size) {
    SDVariable h = x;
    for (int i = 0; i <= config.mappingLayers(); i++) {
      ParameterScope layer = root.child("z_transform").child(String.valueOf(2 * i + 1));
      int in = i == 0 ? size : config.styleSize();
      h = Silu.of(Dense.of(in, config.styleSize()).apply(layer, h));
    }
    return h;
  }
}
