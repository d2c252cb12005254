package io.ddgan.internal.config;

import com.typesafe.config.ConfigFactory;
import io.ddgan.api.Metric;
import io.ddgan.api.MetricInput;
import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.Ramp;
import io.ddgan.api.RefusedException;
import io.ddgan.api.ScheduledValue;
import io.ddgan.config.Key;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.RegisteredComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A configuration with keys of every type and components for it. */
record Example(
    @Key(value = "examples per step", min = 1) int batch,
    @Key("seed of all draws") long seed,
    @Key(value = "learning rate", min = 0, max = 1) double rate,
    boolean warmUp,
    String name,
    Order order,
    Optional<Path> folder,
    @Key(value = "widths of the levels", min = 1, max = 8) List<Integer> widths,
    List<String> tags,
    Averages averages,
    @Key("how much noise") NoiseSchedule schedule,
    List<Metric> metrics,
    @Key(value = "weight of the penalty", min = 0, max = 1) Ramp weight,
    Optional<Ramp> decay,
    @Key(value = "chance of it", min = 0, max = 1) ScheduledValue chance) {

  enum Order {
    SHUFFLED,
    AS_STORED
  }

  record Averages(
      @Key(value = "decay of the mean", max = 1) double beta1,
      @Key(value = "decay of the square", max = 1) double beta2) {

    Averages {
      if (beta1 > beta2) {
        throw new RefusedException("beta1 must not be greater than beta2");
      }
    }
  }

  record Constant(@Key(value = "number of steps", min = 1) int steps, double betaMin)
      implements NoiseSchedule {
    @Override
    public double[] betas() {
      return new double[] {1e-8, betaMin};
    }
  }

  record Rising(@Key(value = "number of steps", min = 1) int steps, double slope)
      implements NoiseSchedule {
    @Override
    public double[] betas() {
      return new double[] {1e-8, slope};
    }
  }

  record Count(int samples, Optional<String> label) implements Metric {
    @Override
    public List<Measure> measures() {
      return List.of(new Measure("count", Better.NEITHER));
    }

    @Override
    public Set<Need> needs(Optional<OpenDataset> real) {
      return Set.of(Need.VALUES);
    }

    @Override
    public Map<String, Double> evaluate(MetricInput input) {
      return Map.of("count", (double) input.generated().count());
    }
  }

  static final String DEFAULTS =
      """
      ddgan.defaults.schedule.constant { steps = 4, beta-min = 0.1 }
      ddgan.defaults.schedule.rising { steps = 8, slope = 0.5 }
      ddgan.defaults.metric.count { samples = 100 }
      """;

  static final String COMPLETE =
      """
      batch = 16
      seed = 7
      rate = 1e-3
      warm-up = true
      name = example
      order = as-stored
      folder = /data
      widths = [1, 2, 2]
      tags = []
      averages { beta1 = 0.5, beta2 = 0.9 }
      schedule { type = constant, steps = 2 }
      metrics = [{ type = count }, { type = count, samples = 5, label = "few, \\"good\\"" }]
      weight { from = 1, to = 0.25, steps = 1000 }
      decay = 0.9
      chance = 0.25
      """;

  static final Example BOUND =
      new Example(
          16,
          7,
          1e-3,
          true,
          "example",
          Order.AS_STORED,
          Optional.of(Path.of("/data")),
          List.of(1, 2, 2),
          List.of(),
          new Averages(0.5, 0.9),
          new Constant(2, 0.1),
          List.of(new Count(100, Optional.empty()), new Count(5, Optional.of("few, \"good\""))),
          new Ramp(1, 0.25, Optional.of(1000L), Ramp.Shape.LINEAR),
          Optional.of(Ramp.constant(0.9)),
          Ramp.constant(0.25));

  static ComponentRegistry registry() {
    return new ComponentRegistry(
        List.of(
            type(ComponentKind.SCHEDULE, "constant", Constant.class),
            type(ComponentKind.SCHEDULE, "rising", Rising.class),
            type(ComponentKind.METRIC, "count", Count.class)),
        ConfigFactory.parseString(DEFAULTS));
  }

  private static RegisteredComponent type(
      ComponentKind kind, String name, Class<? extends Record> type) {
    return new RegisteredComponent(kind, name, "for tests", type, "tests.jar");
  }
}
