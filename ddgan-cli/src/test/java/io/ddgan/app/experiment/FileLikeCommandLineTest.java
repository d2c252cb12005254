package io.ddgan.app.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.ddgan.app.sweep.Planner;
import io.ddgan.app.sweep.Trial;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.config.HoconRenderer;
import io.ddgan.internal.plugin.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key means the same on the command line, in a file that includes a preset, and in a sweep. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class FileLikeCommandLineTest {

  private static final List<String> PRESETS = List.of("fashion-mnist", "fashion-mnist-ddpm");

  private static final List<String> OVERRIDES =
      List.of(
          "penalty.type = none",
          "penalty = none",
          "penalty = []",
          "penalty = [{ type = r1, gamma = 1 }, { type = r1, place = generated }]",
          "penalty = [r1, wgan-gp]",
          "penalty { type = wgan-gp, gamma = 3 }",
          "penalty = { type = r1, every = 3 }",
          "loss = hinge",
          "loss.type = wasserstein",
          "schedule = cosine",
          "schedule = vp",
          "schedule.type = geometric",
          "schedule = { type = linear, steps = 8 }",
          "schedule.steps = 3",
          "reverse = direct",
          "objective = one-shot",
          "objective.latent = none",
          "objective { type = denoising, latent = none }",
          "generator = { type = mlp, hidden = 8, layers = 1 }",
          "generator.type = mlp",
          "generator = ncsnpp",
          "generator = mlp",
          "discriminator.type = large",
          "discriminator = small",
          "data = fashion-mnist",
          "data = gaussians-25",
          "data { type = gaussians-25, size = 100 }",
          "representation = haar",
          "representation { type = haar, levels = 2 }",
          "training.optimiser = adamw",
          "training.optimiser = { type = sgd, momentum = 0.5 }",
          "training { optimiser = sgd, batch = 16, iterations = 10 }",
          "training.learning-rate-generator = { from = 1e-3, to = 1e-4 }",
          "training.ema-half-life = 1000",
          "sampler = ddim",
          "evaluation.metrics = [fid]",
          "evaluation.metrics = fid",
          "evaluation.metrics = [fid, { type = precision-recall, neighbours = 5 }]",
          "evaluation.features = values",
          "evaluation.features { type = classifier, iterations = 100 }",
          "listeners = tensorboard",
          "listeners = [tensorboard]",
          "executor = nd4j");

  private final Plugins plugins = Plugins.load(Optional.empty());
  private final Injector injector = Guice.createInjector(plugins);

  @TempDir private Path folder;

  @AfterAll
  void closePlugins() {
    plugins.close();
  }

  @ParameterizedTest(name = "{1} over {0}")
  @MethodSource
  void fileThatIncludesAPresetMeansWhatTheCommandLineMeans(String preset, String override)
      throws IOException {
    String file = write("mine.conf", include("classpath(\"presets/%s.conf\")", preset) + override);
    assertEquals(outcome(preset, List.of(override)), outcome(file, List.of()));

    String outer = write("outer.conf", "include \"mine.conf\"\nseed = 3");
    assertEquals(outcome(preset, List.of(override, "seed=3")), outcome(outer, List.of()));
    String changed = write("changed.conf", include("\"%s\"", "mine.conf") + "penalty.type = none");
    assertEquals(
        outcome(preset, List.of(override, "penalty.type = none")), outcome(changed, List.of()));
  }

  static Stream<Arguments> fileThatIncludesAPresetMeansWhatTheCommandLineMeans() {
    return PRESETS.stream()
        .flatMap(preset -> OVERRIDES.stream().map(override -> Arguments.of(preset, override)));
  }

  @ParameterizedTest(name = "{1} over {0}")
  @MethodSource("fileThatIncludesAPresetMeansWhatTheCommandLineMeans")
  void sweepMeansWhatTheCommandLineMeans(String preset, String override) throws IOException {
    String file = write("mine.conf", include("classpath(\"presets/%s.conf\")", preset));
    String outcome = outcome(preset, List.of(override));
    assertEquals(outcome, trial("base = \"%s\", overrides { %s }".formatted(preset, override)));
    assertEquals(
        outcome,
        trial("base = \"%s\", blocks = [{ overrides { %s } }]".formatted(preset, override)));
    assertEquals(
        outcome, trial("base = \"%s\", blocks = [{ list = [{ %s }] }]".formatted(file, override)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fid", "[fid]", "{ type = fid }", "[{ type = fid }]"})
  void sweepNamesItsMetricsLikeAnExperiment(String metrics) {
    assertEquals(
        outcome("smoke", List.of("evaluation.metrics = " + metrics)),
        trial("base = smoke, metrics = " + metrics));
  }

  @Test
  void unknownKeyOfTheNewTypeIsShownWhereTheFileHasIt() throws IOException {
    String file =
        write(
            "mine.conf",
            include("classpath(\"presets/%s.conf\")", "fashion-mnist")
                + "penalty {\n  type = none\n  gamma = 3\n}\n");
    ConfigurationException e = assertThrows(ConfigurationException.class, () -> read(file));
    assertEquals(file + ":4: penalty.gamma: unknown key; choose one of type", e.getMessage());
  }

  /** The resolved experiment or, where there is none, what is wrong with which key. */
  private String outcome(String presetOrFile, List<String> overrides) {
    try {
      return injector
          .getInstance(HoconRenderer.class)
          .render(injector.getInstance(Experiments.class).read(presetOrFile, overrides));
    } catch (ConfigurationException e) {
      return wrong(e);
    }
  }

  private String read(String file) {
    return injector.getInstance(Experiments.class).read(file, List.of()).toString();
  }

  private String trial(String sweep) {
    try {
      List<Trial> trials =
          injector.getInstance(Planner.class).plan(Hocon.text(sweep, "sweep"), folder).trials();
      assertEquals(1, trials.size());
      return injector.getInstance(HoconRenderer.class).render(trials.get(0).experiment());
    } catch (ConfigurationException e) {
      return wrong(e);
    }
  }

  private static String wrong(ConfigurationException e) {
    return e.problems().stream()
        .map(problem -> problem.key() + ": " + problem.message())
        .sorted()
        .toList()
        .toString();
  }

  private static String include(String form, String name) {
    return "include %s%n".formatted(form.formatted(name));
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
