package io.ddgan.networks;

import io.ddgan.api.DataShape;
import io.ddgan.api.Generator;
import io.ddgan.contract.GeneratorContract;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

class GeneratorContractTest {

  /** They take long; the one that sees the class has all that the other has. */
  @Nested
  @Tag("slow")
  class OfImages extends GeneratorContract {

    @Override
    protected Stream<Generator> generators() {
      return Stream.of(
          Configured.unet(
              Configured.SMALL,
              "attention-resolutions = [4], latent-size = 5, style-size = 6",
              "class-conditional = true"));
    }

    @Override
    protected int classes() {
      return 3;
    }

    @Override
    protected DataShape shape() {
      return DataShape.image(3, 8, 8);
    }
  }

  @Nested
  class OfPoints extends GeneratorContract {

    @Override
    protected Stream<Generator> generators() {
      return Stream.of(
          new MlpGenerator(7, 2, 5, 4, TimeScale.NONE, false),
          new MlpGenerator(7, 2, 5, 4, new TimeScale(2.5, -0.5), true));
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
