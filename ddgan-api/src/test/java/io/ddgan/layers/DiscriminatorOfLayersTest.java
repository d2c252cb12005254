package io.ddgan.layers;

import io.ddgan.api.DataShape;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.contract.DiscriminatorContract;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;

/** All layers together support gradient penalties. */
class DiscriminatorOfLayersTest extends DiscriminatorContract {

  private record OfLayers() implements Discriminator {

    @Override
    public SDVariable forward(ParameterScope p, Inputs inputs) {
      SDVariable style = inputs.xtp1().reshape(p.batch(), p.shape().size());
      FeatureMap h = FeatureMap.of(inputs.xt(), p.shape());
      h = new AdaptiveGroupNorm(new GroupNorm(2), p.shape().size()).apply(p, h, style);
      h = h.shift(p.batch(), Dense.of(1, 4).apply(p, inputs.time().reshape(p.batch(), 1)));
      h = new SelfAttention(true).apply(p, h.map(Silu::of));
      h = Resampler.box().up(p, new MinibatchDeviation(2).apply(p, h));
      h = Convolution.of(1, 1).apply(p.child("last"), h);
      return h.value().mean(1, 2, 3);
    }
  }

  @Override
  protected Stream<Discriminator> discriminators() {
    return Stream.of(new OfLayers());
  }

  @Override
  protected DataShape shape() {
    return DataShape.image(4, 1, 2);
  }
}
