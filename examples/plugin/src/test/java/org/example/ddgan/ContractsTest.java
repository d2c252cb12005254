package org.example.ddgan;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Metric;
import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.Objective;
import io.ddgan.api.Optimiser;
import io.ddgan.api.Ramp;
import io.ddgan.api.Representation;
import io.ddgan.contract.AdversarialLossContract;
import io.ddgan.contract.DatasetContract;
import io.ddgan.contract.DiscriminatorContract;
import io.ddgan.contract.MetricContract;
import io.ddgan.contract.NoiseScheduleContract;
import io.ddgan.contract.ObjectiveContract;
import io.ddgan.contract.OptimiserContract;
import io.ddgan.contract.PluginContract;
import io.ddgan.contract.RepresentationContract;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;

/** Checks each component against its contract, with small and unusual settings. */
class ContractsTest {

  @Nested
  class OfThePlugin extends PluginContract {

    @Override
    protected Class<ExamplePlugin> plugin() {
      return ExamplePlugin.class;
    }
  }

  @Nested
  class OfTheSchedule extends NoiseScheduleContract {

    @Override
    protected Stream<NoiseSchedule> schedules() {
      return Stream.of(1, 4, 1000).map(steps -> new SigmoidSchedule(steps, -3, 3, 0.999));
    }
  }

  @Nested
  class OfTheRepresentation extends RepresentationContract {

    @Override
    protected Stream<Representation> representations() {
      return Stream.of(1, 2, 4).map(BlockCosine::new);
    }

    @Override
    protected DataShape shape() {
      return DataShape.image(2, 8, 12);
    }
  }

  @Nested
  class OfTheObjective extends ObjectiveContract {

    @Override
    protected Stream<Objective> objectives() {
      return Stream.of(
          new LatentRecoveryObjective(Ramp.constant(0), 3),
          new LatentRecoveryObjective(Ramp.constant(1), 5),
          new LatentRecoveryObjective(Ramp.cosine(0, 1), 3));
    }
  }

  @Nested
  class OfTheOptimiser extends OptimiserContract {

    @Override
    protected Stream<Optimiser> optimisers() {
      return Stream.of(
          new Lion(Ramp.constant(0.9), Ramp.constant(0.99), Ramp.constant(0)),
          new Lion(Ramp.constant(0), Ramp.cosine(0.5, 0.9), Ramp.constant(0.1)));
    }
  }

  @Nested
  class OfTheDiscriminator extends DiscriminatorContract {

    @Override
    protected Stream<Discriminator> discriminators() {
      return Stream.of(new PatchDiscriminator(3, 1), new PatchDiscriminator(2, 3));
    }

    @Override
    protected DataShape shape() {
      return DataShape.image(2, 8, 9);
    }
  }

  @Nested
  class OfTheLosses extends AdversarialLossContract {

    @Override
    protected Stream<AdversarialLoss> losses() {
      return Stream.of(
          new SmoothedLoss(0),
          new SmoothedLoss(0.1),
          new RelativisticHinge());
    }
  }

  @Nested
  class OfTheMetric extends MetricContract {

    @Override
    protected Stream<Metric> metrics() {
      return Stream.of(new TotalVariation(10));
    }

    @Override
    protected DataShape shape() {
      return DataShape.image(2, 4, 5);
    }
  }

  @Nested
  class OfTheDataSet extends DatasetContract {

    @Override
    protected Stream<Dataset> datasets() {
      return Stream.of(new Shapes(8, 3, 1), new Shapes(16, 50, 0));
    }
  }
}
