package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.typesafe.config.Config;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.ConfigKey;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.config.HoconRenderer;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.internal.plugin.Plugins;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.RegisteredComponent;
import io.ddgan.train.experiment.Experiment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sets every key of every component to values of all kinds. The result is either an experiment that
 * can be written and read again, or an error with file, line and key.
 */
@Tag("slow")
class ConfigurationFuzzTest {

  private static final String EXPERIMENT =
      """
      data = gaussians-25
      schedule = vp
      generator = mlp
      discriminator = mlp
      loss = non-saturating
      """;

  private static final List<String> VALUES =
      List.of(
              "null, true, \"\", abc, \"a\\u0000b\", \"1\", NaN, -Infinity, 0, -1, 1, 3, 1.5, 1e309, -1e99999"
                  .split(", "),
              "2147483648, 9223372036854775808, [], [null], [0], [1e400], [[1]], [{}], {}, { a = 1 }, x y"
                  .split(", "),
              "{ type = 1 }; { type = nonsense }; { type {} }; { from = 1 }; { from = 0, to = 1, steps = 0 }; { target = 1 }"
                  .split("; "))
          .stream()
          .flatMap(Stream::of)
          .toList();

  /** The keys of an experiment for component kinds with another name. */
  private static final Map<ComponentKind, String> PLACES =
      Map.of(
          ComponentKind.OPTIMISER, "training.optimiser",
          ComponentKind.FEATURES, "evaluation.features",
          ComponentKind.METRIC, "evaluation.metrics",
          ComponentKind.LISTENER, "listeners");

  /** An example configuration for each kind of failure. */
  private final Map<String, String> failures = new TreeMap<>();

  private int tried;

  @Test
  void anyValueIsReadOrRefusedWithItsPlace() {
    try (Plugins plugins = Plugins.load(Optional.empty())) {
      Injector injector = Guice.createInjector(plugins);
      ComponentRegistry registry = injector.getInstance(ComponentRegistry.class);
      tryKeys(Experiment.class, "%s", injector);
      for (ComponentKind kind : ComponentKind.values()) {
        if (kind != ComponentKind.LAUNCHER) { // of sweeps
          for (RegisteredComponent type : registry.all(kind)) {
            String place = PLACES.getOrDefault(kind, kind.key());
            tryKeys(
                type.recordClass(),
                "%s { type = %s, %%s }".formatted(place, type.name()),
                injector);
          }
        }
      }
    }
    assertTrue(tried > 3_000, () -> "only " + tried);
    assertEquals(Map.of(), failures);
  }

  private void tryKeys(Class<? extends Record> record, String around, Injector injector) {
    for (ConfigKey key : ConfigKey.of(record)) {
      key.nested()
          .ifPresent(
              inner -> tryKeys(inner, around.replace("%s", key.name() + " { %s }"), injector));
      for (String value : VALUES) {
        attempt(around.replace("%s", "%s = %s".formatted(key.name(), value)), injector);
      }
      attempt(around.replace("%s", key.name() + "x = 1"), injector);
    }
  }

  private void attempt(String text, Injector injector) {
    tried++;
    Binder binder = injector.getInstance(Binder.class);
    Config beneath =
        Hocon.layer(
            Hocon.text(EXPERIMENT, "experiment.conf"),
            injector.getInstance(ComponentRegistry.class).experimentDefaults());
    try {
      Config config = Hocon.layer(Hocon.text("\n" + text, "fuzz.conf"), beneath);
      Experiment experiment = binder.bind(Experiment.class, config);
      String written = injector.getInstance(HoconRenderer.class).render(experiment);
      assertEquals(experiment, binder.bind(Experiment.class, Hocon.text(written, "written.conf")));
    } catch (ConfigurationException e) {
      e.problems().stream()
          .filter(problem -> !isPlaced(problem))
          .forEach(problem -> failures.put(problem.toString(), text));
    } catch (RuntimeException | AssertionError e) {
      failures.put(e.toString(), text);
    }
  }

  private static boolean isPlaced(Problem problem) {
    return problem.origin().equals("fuzz.conf:2")
        && !problem.key().isBlank()
        && !problem.message().isBlank();
  }
}
