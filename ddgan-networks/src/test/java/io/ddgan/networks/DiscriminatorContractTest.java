package io.ddgan.networks;

import io.ddgan.api.DataShape;
import io.ddgan.api.Discriminator;
import io.ddgan.contract.DiscriminatorContract;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

class DiscriminatorContractTest {

  @Nested
  class OfSmallImages extends DiscriminatorContract {

    @Override
    protected Stream<Discriminator> discriminators() {
      return Stream.of(
          new SmallDiscriminator(1, 4, 1, false), new SmallDiscriminator(1, 4, 1, true));
    }

    @Override
    protected int classes() {
      return 3;
    }

    @Override
    protected DataShape shape() {
      return DataShape.image(2, 8, 8);
    }
  }

  /** Large ones take long; the one that sees the class has all that the other has. */
  @Nested
  @Tag("slow")
  class OfLargeImages extends DiscriminatorContract {

    @Override
    protected Stream<Discriminator> discriminators() {
      return Stream.of(new LargeDiscriminator(1, 4, 1, true));
    }

    @Override
    protected int classes() {
      return 3;
    }

    @Override
    protected DataShape shape() {
      return DataShape.image(1, 64, 64);
    }
  }

  @Nested
  class OfPoints extends DiscriminatorContract {

    @Override
    protected Stream<Discriminator> discriminators() {
      return Stream.of(new MlpDiscriminator(7, 2, 4, false), new MlpDiscriminator(7, 2, 4, true));
    }

    @Override
    protected int classes() {
      return 3;
    }

    @Override
    protected DataShape shape() {
      return DataShape.point(2);
    }
  }
}
