package io.ddgan.app.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.inject.Guice;
import com.typesafe.config.ConfigFactory;
import io.ddgan.app.sweep.Planner.Plan;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.config.HoconRenderer;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.internal.plugin.Plugins;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.RegisteredComponent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

  @TempDir Path folder;

  private final Plugins plugins = Plugins.load(Optional.empty());
  private final Planner planner = Guice.createInjector(plugins).getInstance(Planner.class);

  @AfterEach
  void closePlugins() {
    plugins.close();
  }

  static Stream<Arguments> layouts() {
    return Stream.of(
        arguments(
            "1 8, 1 16, 2 8, 2 16",
            "grid {\n schedule.steps = [1, 2]\n generator.latent-size = [8, 16] }"),
        arguments("1 8, 2 16", "zip { schedule.steps = [1, 2], generator.latent-size = [8, 16] }"),
        arguments(
            "2 8, 2 16, 2 32", "grid { generator.latent-size { log-range = [8, 32], count = 3 } }"),
        arguments("1 8, 3 8, 5 8", "grid { schedule.steps { range = [1, 5], count = 3 } }"),
        arguments(
            "1 8, 2 8, 2 16",
            "grid {\n schedule.steps = [0, 1, 2]\n generator.latent-size = [8, 16] } }]\n"
                + "exclude = [{ schedule.steps = 0 }, { schedule.steps = 1,"
                + " generator.latent-size = 16, loss.type = non-saturating"),
        arguments(
            "2 8", // written nowhere
            "grid { schedule.steps = [1, 2] } }]\n"
                + "exclude = [{ schedule.steps = 1, schedule.beta-min = 0.1, seed = 0 },"
                + " { schedule.steps = 2, seed = 1"),
        arguments(
            "2 8", // by the names of components
            "grid { loss = [hinge, wasserstein, { type = least-squares }], schedule.steps = [2, 4] }"
                + " }]\nexclude = [{ loss = wasserstein }, { loss = least-squares },"
                + " { schedule.steps = 4"));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void blockIsExpandedInTheOrderOfItsKeysWithoutExcludedTrials(String expected, String block) {
    assertEquals(
        List.of(expected.split(", ")),
        values("blocks = [{ %s }]".formatted(block), "schedule.steps", "generator.latent-size"));
  }

  @Test
  void valuesOfARangeAreExact() {
    String range = "blocks = [{ grid { penalty.gamma { range = [0.1, 0.3], count = 3 } } }]";
    assertEquals(List.of("0.1", "0.2", "0.3"), values(range, "penalty.gamma"));
  }

  @Test
  void listedTrialsHaveLabelsAndBlocksAreInOrder() {
    List<Trial> trials =
        trials(
            """
            blocks = [
              { list = [{ label = one, schedule.steps = 1 }, { label = direct, parameterization.type = xt }] }
              { grid { schedule.steps = [4] } }
            ]
            """);
    assertEquals(
        List.of(Optional.of("one"), Optional.of("direct"), Optional.empty()),
        trials.stream().map(trial -> trial.variation().label()).toList());
    assertEquals(
        List.of("1", "2", "4"), trials.stream().map(t -> t.value("schedule.steps")).toList());
    assertEquals(
        List.of("x0", "xt", "x0"),
        trials.stream().map(t -> t.value("parameterization.type")).toList());
  }

  @Test
  void randomDrawsStayInRangeAndAreWholeIfTheEndsAre() {
    List<Trial> trials =
        trials(
            """
            blocks = [{
              random {
                generator.latent-size { range = [1, 4] }
                training.learning-rate-generator { log-range = [1e-5, 1e-3] }
                parameterization.type = [x0, xt]
              }
              count = 60
              seed = 3
            }]
            """);
    assertEquals(60, trials.size());
    List<Integer> latents =
        trials.stream().map(t -> Integer.valueOf(t.value("generator.latent-size"))).toList();
    assertEquals(List.of(1, 2, 3, 4), latents.stream().distinct().sorted().toList());
    List<Double> rates =
        trials.stream()
            .map(t -> Double.valueOf(t.value("training.learning-rate-generator")))
            .toList();
    assertTrue(rates.stream().allMatch(rate -> rate >= 1e-5 && rate <= 1e-3), rates.toString());
    long low = rates.stream().filter(rate -> rate < 1e-4).count();
    assertTrue(low > 15 && low < 45, "half of the logarithms are below their middle: " + low);
    assertEquals(2, trials.stream().map(t -> t.value("parameterization.type")).distinct().count());
  }

  @Test
  void addingAKeyChangesNoOtherDraws() {
    String one =
        "blocks = [{ random { penalty.gamma { range = [0.0, 1.0] } }, count = 5, seed = 1 }]";
    String two = one.replace("random { ", "random { schedule.steps = [2, 4], ");
    assertEquals(values(one, "penalty.gamma"), values(two, "penalty.gamma"));
  }

  @Test
  void blocksMayHaveDifferentBasesAndKeys() throws IOException {
    Files.writeString(
        folder.resolve("mine.conf"), "include \"other.conf\"\ntraining.batch-size = 3\n");
    Files.writeString(
        folder.resolve("other.conf"),
        Files.readString(Path.of("src/main/resources/presets/smoke.conf")));
    List<Trial> trials =
        trials(
            """
            overrides.training.steps = 7
            metrics = [kid, { type = timing, repetitions = 2 }]
            blocks = [
              { base = mine.conf }
              { base = gaussians-25, overrides.training.steps = 9 }
            ]
            """);
    assertEquals(
        List.of("3", "256"), trials.stream().map(t -> t.value("training.batch-size")).toList());
    assertEquals(List.of("7", "9"), trials.stream().map(t -> t.value("training.steps")).toList());
    assertEquals(
        List.of("classifier-kid", "classifier-kid-std", "network-evaluations", "seconds-per-100"),
        trials.get(0).experiment().evaluation().measures().stream()
            .map(measure -> measure.name())
            .toList());
  }

  @Test
  void trialNamesDoNotDependOnTheirPosition() {
    List<Trial> before = trials("blocks = [{ grid { schedule.steps = [1, 2] } }], seeds = [0, 1]");
    List<Trial> after =
        trials("blocks = [{ list = [{ label = two, schedule.steps = 2 }] }], seeds = [5, 1]");
    assertEquals(before.get(3).name(), after.get(1).name());
    assertEquals(4, new HashSet<>(before.stream().map(Trial::name).toList()).size());
    assertEquals(before.get(2).configuration(), before.get(3).configuration());
    assertEquals(before.get(3).configuration(), after.get(0).configuration());
    assertNotEquals(before.get(1).configuration(), before.get(2).configuration());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metrics = [fid]",
        "metrics = [fid, { type = timing, repetitions = 2 }]",
        "overrides.evaluation { samples = 77, every = 3, features.type = identity }",
        "overrides.evaluation { every = 3, keep-best = classifier-fid, metrics = [fid] }",
        "overrides.training { log-every = 3, sample-every = 4, checkpoint-every = 5 }",
        "overrides.listeners = [tensorboard]",
        "overrides.training.optimiser = adam",
        "overrides.training.optimiser { type = adam, beta1 = 0.50 }",
        "overrides.data.size = 32",
      })
  void metricsAndDefaultsDoNotChangeTheNameOfATrial(String text) {
    Trial plain = trials("").get(0);
    Trial other = trials(text).get(0);
    assertEquals(plain.name(), other.name());
    assertEquals(plain.configuration(), other.configuration());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "overrides.training.steps = 3",
        "overrides.training.optimiser = sgd",
        "overrides.training.optimiser.beta1 = 0.4",
        "overrides.data { type = npz, file = a.npz }",
        "overrides.data { type = npz, file = b.npz }",
        "overrides.sampler { type = ddim, steps = 2 }",
        "overrides.executor.type = nd4j",
        "overrides.training.gradient-clip = 1",
        "overrides.init-from = runs/a",
        "overrides.penalty = []",
        "overrides.augmentation = [{ type = flip }]",
        "overrides.augmentation = [{ type = flip }, { type = flip, probability = 0.5 }]",
      })
  void keysThatAffectWeightsOrSamplesChangeTheNameOfATrial(String text) {
    List<String> names =
        Stream.of("", "overrides.data { type = npz, file = c.npz }", text)
            .map(each -> trials(each).get(0).name())
            .toList();
    assertEquals(3, new HashSet<>(names).size());
  }

  /** A plug-in or a later version that adds a key to a component. */
  @Test
  void newKeyWithADefaultRenamesNoTrial() {
    record Before(double beta1) {}
    record After(double beta1, int fresh, List<String> more, Optional<Double> limit) {}
    String before = keys(Before.class, new Before(0.9), "");
    String defaults = "beta1 = 0.5, fresh = 3, more = []";
    After after = new After(0.9, 3, List.of(), Optional.empty());
    assertEquals(before, keys(After.class, after, defaults));
    After other = new After(0.9, 4, List.of(), Optional.empty());
    assertNotEquals(before, keys(After.class, other, defaults));
  }

  private static String keys(Class<? extends Record> type, Record value, String defaults) {
    RegisteredComponent component =
        new RegisteredComponent(ComponentKind.OPTIMISER, "mine", "", type, "test.jar");
    ComponentRegistry registry =
        new ComponentRegistry(
            List.of(component),
            ConfigFactory.parseString("ddgan.defaults.optimiser.mine { %s }".formatted(defaults)));
    return new ExperimentKeys(new Holder(value), registry, new HoconRenderer(registry))
        .determining();
  }

  private record Holder(Record optimiser) {}

  @Test
  void addedMetricChangesTheEvaluationNotTheTrial() {
    Trial one = trials("metrics = [fid]").get(0);
    assertEquals(one.evaluation(), trials("metrics = [{ type = fid }]").get(0).evaluation());
    assertEquals(
        one.evaluation(),
        trials("metrics = [fid], overrides.evaluation.every = 3").get(0).evaluation());
    assertNotEquals(one.evaluation(), trials("metrics = [fid, kid]").get(0).evaluation());
  }

  @Test
  void equalTrialsOfTwoBlocksAreOne() {
    Plan plan = plan("blocks = [{ grid { schedule.steps = [2] } }, {}, { grid {} }]");
    assertEquals(1, plan.trials().size());
    assertEquals(2, plan.repeated());
  }

  @Test
  void reportsErrorsOfAllTrialsAtOnce() {
    assertEquals(
        """
        sweep.conf:2: schedule.stepps: unknown key; did you mean 'steps'?
        sweep.conf:3: generator.latent-size: must be at least 1, found 0\
        """,
        problem(
            """
            blocks = [{ list = [{ schedule.stepps = 2 },
              { generator.latent-size = 0 }] }]
            """));
  }

  @Test
  void missingKeysAreReportedForTheExperimentsFile() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.conf"));
    String problem = problem("base = empty.conf, overrides.schedule = vp");
    assertTrue(problem.startsWith(empty + ": data: missing; "), problem);
  }

  @Test
  void trialStartsFromAnEarlierTrialOfItsSeedWhichAffectsItsName() {
    String text =
        """
        seeds = [0, 1]
        blocks = [
          { list = [{ label = first, schedule.steps = 4 }, { label = second, init-from.trial = first }] }
          { overrides.init-from.trial = second }
        ]
        """;
    List<Trial> trials = trials(text);
    assertEquals(
        List.of(Optional.empty(), Optional.empty(), name(trials, 0), name(trials, 1)),
        trials.stream().limit(4).map(each -> each.source().map(Trial::name)).toList());
    assertEquals(
        List.of(name(trials, 2), name(trials, 3)),
        trials.stream().skip(4).map(each -> each.source().map(Trial::name)).toList());
    assertEquals(
        List.of("", "", "first", "first", "second", "second"), values(text, "init-from.trial"));
    assertEquals(6, new HashSet<>(trials.stream().map(Trial::name).toList()).size());
    assertEquals(trials.get(4).configuration(), trials.get(5).configuration());
    assertNotEquals(trials.get(2).configuration(), trials.get(4).configuration());
    List<Trial> others = trials(text.replace("schedule.steps = 4", "schedule.steps = 3"));
    assertEquals(trials.get(2).text(), others.get(2).text());
    assertNotEquals(trials.get(2).name(), others.get(2).name());
    assertNotEquals(trials.get(4).name(), others.get(4).name());
  }

  private static Optional<String> name(List<Trial> trials, int index) {
    return Optional.of(trials.get(index).name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zip | zip { schedule.steps = [1, 2], penalty.every = [3] }",
        "penalty.gamma | grid { penalty.gamma { range = [0.1, 0.3] } }",
        "penalty.gamma | grid { penalty.gamma { range = [NaN, 1], count = 3 } }",
        "penalty.gamma | grid { penalty.gamma { range = [0, 1], count = 1000000000 } }",
        "penalty.gamma | random { penalty.gamma { range = [0, 1], count = many } }, count = 2",
        "blocks[0].count | random { penalty.gamma { range = [0, 1] } }, count = 1000000000",
        "grid | grid { training.ema-decay { range = [0, 1], count = 9999 }, penalty.gamma { range = [0, 1], count = 9999 } }",
        "generator.latent-size | grid { generator.latent-size { range = [1, 8], count = 3 } }",
        "blocks[0] | grid {}, zip {}",
        "blocks[0].gird | gird {}",
        "seed | grid { seed = [0, 1] }",
        "seed | list = [{ seed = 1 }]",
        "seed | overrides.seed = 1",
        "evaluation.metrics | overrides { evaluation { metrics = [] } }",
        "evaluation.metrics | list = [{ evaluation.metrics = null }]",
        "init-from | list = [{ label = a }, { label = b, init-from = { run = a } }]",
        "init-from.trial | list = [{ label = b, init-from.trial = null }]",
        "init-from.trial | list = [{ label = a }, { label = c, init-from.trial = b }, { label = b, schedule.steps = 3 }]",
        "init-from.trial | list = [{ label = a }, { label = a, schedule.steps = 3 }, { init-from.trial = a }]",
      })
  void errorsInABlockHaveLineAndKey(String key, String block) {
    String problem = problem("metrics = [fid]\nblocks = [{ %s }]".formatted(block));
    assertTrue(problem.startsWith("sweep.conf:3: %s: ".formatted(key)), problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ":2: schedule.stepps | exclude = [{ schedule.stepps = 1 }]",
        ": exclude | exclude = [{ schedule.steps = 2 }]",
        ": blocks | blocks = [{ zip {} }]",
        ": blocks | seeds = [0, 1], blocks = [{ grid { penalty.gamma { range = [0, 1], count = 9999 } } }]",
        ":2: seed | overrides.seed = 1",
        ":2: seeds | seeds = 3",
        ":2: evaluation.metrics | metrics = [fid], overrides.evaluation.metrics = []",
        ":2: launcher.type | launcher.type = locl",
        ": evaluation.samples | blocks = [{ grid { evaluation.samples = [100, 200] } }]",
        ": base | base = null",
      })
  void errorsInAFileHaveLineAndKey(String place, String text) {
    String problem = problem(text);
    assertTrue(problem.startsWith("sweep.conf%s: ".formatted(place)), problem);
  }

  @Test
  void runAndTrialAsInitialWeightsReplaceEachOther() {
    String run = "{ label = b, init-from = runs/b }";
    String trial = "{ label = c, init-from.trial = b }";
    String text =
        "blocks = [{ list = [{ label = a }] }, { overrides { init-from { trial = a } }, list = [%s] }, { overrides { init-from = runs/c }, list = [%s] }]"
            .formatted(run, trial);
    List<Trial> trials = trials(text);
    assertEquals(Optional.of("runs/b"), trials.get(1).experiment().initFrom());
    assertEquals(
        List.of(Optional.empty(), Optional.empty(), name(trials, 1)),
        trials.stream().map(each -> each.source().map(Trial::name)).toList());
  }

  @Test
  void missingBaseIsReportedAtItsKey() {
    String top = problem("seeds = [0]\nbase = nothing.conf");
    assertTrue(top.startsWith("sweep.conf: base: nothing.conf: no such preset or file"), top);
    String block = problem("blocks = [{ base = nothing.conf }]");
    assertTrue(block.startsWith("sweep.conf: base: nothing.conf: no such preset or file"), block);
  }

  private List<Trial> trials(String text) {
    return plan(text).trials();
  }

  private Plan plan(String text) {
    return planner.plan(Hocon.text("base = smoke\n" + text, "sweep.conf"), folder);
  }

  private String problem(String text) {
    return assertThrows(ConfigurationException.class, () -> trials(text)).getMessage();
  }

  private List<String> values(String text, String... keys) {
    return trials(text).stream()
        .map(trial -> String.join(" ", Stream.of(keys).map(trial::value).toList()))
        .toList();
  }
}
