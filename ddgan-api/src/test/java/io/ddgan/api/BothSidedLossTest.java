package io.ddgan.api;

import io.ddgan.contract.AdversarialLossContract;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.ops.SDMath;

/** Losses that compare real with generated examples keep to the contract as others do. */
class BothSidedLossTest extends AdversarialLossContract {

  @Override
  protected Stream<AdversarialLoss> losses() {
    return Stream.of(new RelativisticLoss(), new AverageRelativisticLoss());
  }

  /** Each real example against its generated one (Jolicoeur-Martineau, 2019). */
  private record RelativisticLoss() implements AdversarialLoss {

    @Override
    public SDVariable discriminator(SDVariable real, SDVariable fake) {
      return softplus(fake.sub(real));
    }

    @Override
    public SDVariable generator(SDVariable real, SDVariable fake) {
      return softplus(real.sub(fake));
    }
  }

  /** Each example against the mean of the other side, by least squares. */
  private record AverageRelativisticLoss() implements AdversarialLoss {

    @Override
    public SDVariable discriminator(SDVariable real, SDVariable fake) {
      SDMath math = real.getSameDiff().math();
      return math.square(real.sub(fake.mean()).sub(1))
          .add(math.square(fake.sub(real.mean()).add(1)));
    }

    @Override
    public SDVariable generator(SDVariable real, SDVariable fake) {
      return discriminator(/* real= */ fake, /* fake= */ real);
    }
  }

  private static SDVariable softplus(SDVariable x) {
    SDMath math = x.getSameDiff().math();
    SDVariable distance = math.abs(x);
    return x.add(distance).mul(0.5).add(math.log1p(math.exp(distance.neg())));
  }
}
