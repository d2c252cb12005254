package io.ddgan.networks;

import io.ddgan.api.Discriminator;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.ParameterScope;
import io.ddgan.config.Key;
import io.ddgan.networks.ConvolutionalDiscriminator.DiscriminatorBlock;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/** The discriminator for small images: one residual block at full resolution and three below. */
public record SmallDiscriminator(
    @Key(value = "base number of channels; the blocks have 2, 2, 4, 8 and 8 times as many", min = 1)
        int baseChannels,
    @Key(value = "length of the time embedding", min = 4) int timeEmbeddingSize,
    @Key(value = "initial weight scale of each block's last layer; 0 for zero branches", min = 0)
        double residualInitScale,
    @Key("whether to condition on the class; needs data with classes") boolean classConditional)
    implements Discriminator {

  @Override
  public SDVariable forward(ParameterScope p, Inputs inputs) {
    return network(p).logits(inputs);
  }

  @Override
  public Optional<Network> withDenoisingHead() {
    return Optional.of((p, inputs) -> network(p).logitsAndData(inputs));
  }

  private ConvolutionalDiscriminator network(ParameterScope p) {
    int n = baseChannels;
    return new ConvolutionalDiscriminator(
        p,
        timeEmbeddingSize,
        residualInitScale,
        classConditional,
        2 * n,
        List.of(
            new DiscriminatorBlock(2 * n, false),
            new DiscriminatorBlock(4 * n, true),
            new DiscriminatorBlock(8 * n, true),
            new DiscriminatorBlock(8 * n, true)));
  }
}
