package io.ddgan.app.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.ddgan.app.sweep.Planner;
import io.ddgan.app.sweep.Trial;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.plugin.Plugins;
import io.ddgan.train.experiment.Experiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key means the same on the command line, in a file with a base, and in a sweep. */
@TestInstance(Lifecycle.PER_CLASS)
class BaseTest {

  private final Plugins plugins = Plugins.load(Optional.empty());
  private final Injector injector = Guice.createInjector(plugins);

  @TempDir private Path folder;

  @AfterAll
  void closePlugins() {
    plugins.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "penalty = none",
        "penalty = [{ type = r1, gamma = 1 }, { type = r1, at = generated }]",
        "penalty { type = wgan-gp, gamma = 3 }",
        "penalty = { type = r1, every = 3 }",
        "loss = hinge",
        "schedule = cosine",
        "schedule.type = geometric",
        "schedule = { type = linear, steps = 8 }",
        "schedule.steps = 3",
        "objective.latent-distribution = none",
        "objective { type = denoising, latent-distribution = none }",
        "generator = mlp",
        "data { type = gaussians-25, size = 100 }",
        "representation { type = haar, levels = 2 }",
        "training { optimiser = sgd, batch-size = 16, steps = 10 }",
        "training.learning-rate-generator = { from = 1e-3, to = 1e-4 }",
        "evaluation.metrics = fid",
        "evaluation.features { type = classifier, steps = 100 }",
        "listeners = tensorboard"
      })
  void keyHasTheSameMeaningInCommandFileAndSweep(String override) throws IOException {
    Object expected = outcome("fashion-mnist", List.of(override));
    String file = write("mine.conf", "base = fashion-mnist\n" + override);
    assertEquals(expected, outcome(file, List.of()));
    String outer = write("outer.conf", "base = mine.conf\nseed = 3");
    assertEquals(outcome("fashion-mnist", List.of(override, "seed=3")), outcome(outer, List.of()));
    assertEquals(expected, trial("base = fashion-mnist, overrides { %s }".formatted(override)));
    assertEquals(
        expected,
        trial("base = fashion-mnist, blocks = [{ list = [{ %s }] }]".formatted(override)));
    write("plain.conf", "base = fashion-mnist");
    assertEquals(
        expected, trial("base = plain.conf, blocks = [{ overrides { %s } }]".formatted(override)));
  }

  @Test
  void unknownKeyIsReportedAtItsPlace() throws IOException {
    String file =
        write("mine.conf", "base = fashion-mnist\npenalty {\n  type = none\n  gamma = 3\n}\n");
    Problem problem = problem(file);
    assertEquals(file + ":4", problem.origin());
    assertEquals("penalty.gamma", problem.key());
  }

  @ParameterizedTest
  @CsvSource({"fashion-mnits, fashion-mnist", "other.conf, other.conf", "[a], preset", "one, one"})
  void invalidBaseIsRefusedWithItsPlace(String base, String named) throws IOException {
    String file = write("one", "seed = 1\nbase = " + base);
    Problem problem = problem(file);
    assertEquals(file + ":2", problem.origin());
    assertEquals("base", problem.key());
    assertTrue(problem.message().contains(named), problem.message());
  }

  private Problem problem(String file) {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () -> injector.getInstance(Experiments.class).read(file, List.of()));
    return e.problems().get(0);
  }

  /** Returns the experiment, or its problems by key. */
  private Object outcome(String presetOrFile, List<String> overrides) {
    try {
      return injector.getInstance(Experiments.class).read(presetOrFile, overrides);
    } catch (ConfigurationException e) {
      return wrong(e);
    }
  }

  private Object trial(String sweep) {
    try {
      List<Trial> trials =
          injector.getInstance(Planner.class).plan(Hocon.text(sweep, "sweep"), folder).trials();
      assertEquals(1, trials.size());
      Experiment experiment = trials.get(0).experiment();
      return experiment;
    } catch (ConfigurationException e) {
      return wrong(e);
    }
  }

  private static List<String> wrong(ConfigurationException e) {
    return e.problems().stream()
        .map(problem -> problem.key() + ": " + problem.message())
        .sorted()
        .toList();
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
