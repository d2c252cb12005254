package io.ddgan.layers;

import io.ddgan.api.DataShape;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.contract.DiscriminatorContract;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;

/** The layers together: a penalty on gradients sees through all of them. */
class DiscriminatorOfLayersTest extends DiscriminatorContract {

  private record OfLayers() implements Discriminator {

    @Override
    public SDVariable forward(ParameterScope p, Inputs inputs) {
      SDVariable time = new SinusoidalEmbedding(4).apply(p, inputs.time());
      FeatureMap h =
          FeatureMap.concat(
              FeatureMap.of(inputs.cleaner(), p.shape()),
              FeatureMap.of(inputs.noisier(), p.shape()));
      h = Convolution.same(4, 3).apply(p.child("first"), h);
      h = h.shift(p.batch(), Dense.of(4, 4).apply(p.child("time"), time)).map(Silu::of);
      h = new AdaptiveGroupNorm(new GroupNorm(2), 4).apply(p.child("adaptive"), h, time);
      h = Resampler.binomial().down(p, Resampler.binomial().up(p, h));
      h = new SelfAttention(true).apply(p.child("attention"), h);
      h = new MinibatchDeviation(2).apply(p, h);
      h = new PointwiseConvolution(1, Initializers.fanAverage(1)).apply(p.child("last"), h);
      return h.value().mean(1, 2, 3);
    }
  }

  @Override
  protected Stream<Discriminator> discriminators() {
    return Stream.of(new OfLayers());
  }

  @Override
  protected DataShape shape() {
    return DataShape.image(1, 2, 4);
  }
}
