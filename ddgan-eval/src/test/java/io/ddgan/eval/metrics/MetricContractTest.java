package io.ddgan.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.typesafe.config.ConfigFactory;
import io.ddgan.api.Metric;
import io.ddgan.api.Metric.Measure;
import io.ddgan.contract.MetricContract;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.internal.plugin.Plugins;
import io.ddgan.plugin.ComponentKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * This module's metrics with their defaults, and one that draws random numbers even of few
 * examples.
 */
class MetricContractTest extends MetricContract {

  @Override
  protected Stream<? extends Metric> metrics() {
    return Stream.concat(components().stream(), Stream.of(new KernelDistance(70, 5, 20)));
  }

  @Test
  void noTwoMetricsNameAMeasureAlike() {
    List<String> names =
        components().stream().flatMap(m -> m.measures().stream()).map(Measure::name).toList();
    assertEquals(Set.copyOf(names).size(), names.size(), names::toString);
  }

  @Test
  void theDefaultsAreThoseOfTheLiterature() {
    assertEquals(
        Set.of(
            new FrechetDistance(50_000),
            new KernelDistance(50_000, 100, 1000),
            new InceptionScore(50_000, 10),
            new PrecisionRecall(50_000, 3),
            new DensityCoverage(50_000, 5),
            new ModeCoverage(26_000, 3, 1, Optional.empty()),
            new ClassAccuracy(10_000),
            new IntraFid(50_000, 10),
            new Timing(100, 5)),
        Set.copyOf(components()));
  }

  private static List<Metric> components() {
    try (Plugins plugins = Plugins.load(Optional.empty())) {
      Injector injector = Guice.createInjector(plugins);
      Binder binder = injector.getInstance(Binder.class);
      return injector.getInstance(ComponentRegistry.class).all(ComponentKind.METRIC).stream()
          .map(type -> ConfigFactory.parseMap(Map.of("metric.type", type.name())))
          .map(config -> binder.bind(Chosen.class, config).metric())
          .toList();
    }
  }

  private record Chosen(Metric metric) {}
}
