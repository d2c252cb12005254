package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.Objective;
import io.ddgan.api.Parameterization.Coefficients;
import io.ddgan.api.Sampler.Step;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.internal.graph.Workspace;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.phase.CompiledPhase;
import io.ddgan.train.phase.Gaussian;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.phase.PhaseDraw;
import io.ddgan.train.phase.SamplerStepPlan;
import io.ddgan.train.step.TrainingState;
import io.ddgan.train.step.TrainingStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The effect of the ablations' keys on the losses of a small experiment on points. */
class AblationTest {

  private static final int BATCH = 4;
  private static final int SIZE = 2;
  private static final int[] TIMES = {0, 1, 2, 3};

  /** A step without a lazy penalty. */
  private static final long PLAIN = 1;

  private final RandomStreams random = new RandomStreams(0);
  private Framework framework;

  @BeforeEach
  void assemble() {
    framework = new Framework();
  }

  @AfterEach
  void close() {
    framework.close();
  }

  /** The time also changes x_{t+1}, so it matters through that even if it is not an input. */
  @ParameterizedTest
  @CsvSource({
    "penalty.every=2, true, true",
    "objective.discriminator-inputs.time=false, true, true",
    "objective.discriminator-inputs.xtp1=false, false, true",
    "objective.discriminator-inputs={xtp1=false;time=false}, false, false"
  })
  void discriminatorUsesXtp1AndTimeUnlessDisabled(
      String key, boolean seesNoisier, boolean seesTime) {
    String keys = key.replace(';', ',');
    double logit = logitOfReal(Map.of(), TIMES, keys);
    assertEquals(seesNoisier, logit != logitOfReal(other(), TIMES, keys));
    assertEquals(seesTime, logit != logitOfReal(Map.of(), new int[BATCH], keys));
  }

  @Test
  void oneShotDiscriminatorIgnoresTheInput() {
    assertEquals(
        logitOfReal(Map.of("normal/start", noise("start")), TIMES, "objective=one-shot"),
        logitOfReal(Map.of("normal/start", noise("other")), TIMES, "objective=one-shot"));
  }

  @Test
  void oneShotGeneratorIsEvaluatedOnceOnNoiseWithoutTime() {
    Setup setup = setup("objective=one-shot");
    List<Step> path = setup.samplerSteps();
    assertEquals(List.of(new Step(3, new Coefficients(1, 0, 0))), path);
    assertArrayEquals(
        evaluate(setup, path.get(0), "z"),
        evaluate(setup, new Step(0, path.get(0).coefficients()), "z"));
  }

  @Test
  void latentVectorsMatterUnlessDisabled() {
    for (boolean without : new boolean[] {false, true}) {
      Setup setup = without ? setup("objective.latent-distribution=none") : setup();
      Step first = setup.samplerSteps().get(0);
      assertEquals(
          without, Arrays.equals(evaluate(setup, first, "z"), evaluate(setup, first, "other")));
    }
  }

  @Test
  void interpolatedPenaltyIsComputedBetweenRealAndFake() {
    Setup setup =
        setup(
            "discriminator.type=example-sine",
            "generator={type=example-sum,latent-size=8}",
            "parameterization=xt",
            "loss.type=wasserstein",
            "penalty={type=wgan-gp,weight=3,every=1}");
    float[] shares = {0.1f, 0.4f, 0.6f, 0.9f};
    Map<String, float[]> known = Map.of("uniform/between", shares);
    try (Training training = new Training(setup)) {
      training.weights(Objective.DISCRIMINATOR).flat().assign(2);
      PhaseDraw draw = training.draw(Objective.DISCRIMINATOR, 0, TIMES, known);
      Map<String, Double> values = training.run(Objective.DISCRIMINATOR, 0, draw);
      float[] real = training.cleaner(TIMES);
      float[] fake = training.fake(TIMES);
      // D is the mean of sin(w x); its gradient is w / 2 cos(w x).
      double expected = 0;
      for (int i = 0; i < BATCH; i++) {
        double square = 0;
        for (int j = i * SIZE; j < (i + 1) * SIZE; j++) {
          double x = shares[i] * real[j] + (1 - shares[i]) * fake[j];
          square += Math.pow(2.0 / SIZE * Math.cos(2 * x), 2);
        }
        expected += 3 * Math.pow(Math.sqrt(square) - 1, 2) / BATCH;
      }
      assertEquals(expected, values.get("penalty"), 1e-5);
    }
  }

  @Test
  void penaltyIsWeightedAndAppliedOnlyAtItsInterval() {
    Setup setup =
        setup(
            "penalty=[{type=r1,gamma={from=1,to=3,steps=2},every=2},"
                + "{type=r1,gamma=1,every=3,at=generated}]");
    try (Training training = new Training(setup)) {
      List<Map<String, Double>> values = new ArrayList<>();
      for (long step = 0; step < 7; step++) {
        PhaseDraw draw = training.draw(Objective.DISCRIMINATOR, step, TIMES, Map.of());
        values.add(training.run(Objective.DISCRIMINATOR, step, draw));
      }
      for (int step = 0; step < 7; step++) {
        assertEquals(step % 2 == 0, values.get(step).containsKey("penalty"), "step " + step);
        assertEquals(step % 3 == 0, values.get(step).containsKey("penalty-2"), "step " + step);
      }
      assertEquals(3 * values.get(0).get("penalty"), values.get(2).get("penalty"), 1e-5);
      assertNotEquals(values.get(0).get("penalty"), values.get(0).get("penalty-2"));
      assertEquals(values.get(0).get("penalty-2"), values.get(3).get("penalty-2"), 1e-6);
    }
  }

  @Test
  void reconstructionTermIsTheWeightedDistanceOfTheX0Prediction() {
    Setup without = setup("generator={type=example-sum,latent-size=8}");
    try (Training training = new Training(without)) {
      float[] xtp1 = training.noisier(TIMES);
      float[] latent = training.latent();
      double mean = 0;
      for (float value : latent) {
        mean += value / latent.length;
      }
      double distance = 0;
      for (int i = 0; i < xtp1.length; i++) {
        distance += Math.abs(xtp1[i] + mean - training.data[i]) / xtp1.length;
      }
      Setup with =
          setup(
              "generator={type=example-sum,latent-size=8}",
              "objective.reconstruction-l1-weight=2.5");
      try (Training other = new Training(with)) {
        PhaseDraw draw = other.draw(Objective.GENERATOR, PLAIN, TIMES, Map.of());
        Map<String, Double> values = other.run(Objective.GENERATOR, PLAIN, draw);
        assertEquals(distance, values.get("reconstruction"), 1e-5);
      }
      assertFalse(
          training
              .run(
                  Objective.GENERATOR,
                  PLAIN,
                  training.draw(Objective.GENERATOR, PLAIN, TIMES, Map.of()))
              .containsKey("reconstruction"));
    }
  }

  @Test
  void denoisingLossIsTheMeanSquaredErrorOfTheNoise() {
    Setup setup =
        setup(
            "objective={type=denoising,latent-distribution=none}",
            "parameterization.type=epsilon",
            "generator={type=example-sum,latent-size=8}");
    try (Training training = new Training(setup)) {
      float[] epsilon = noise("epsilon");
      double expected = 0;
      for (int i = 0; i < epsilon.length; i++) {
        var scales = setup.components().process().marginal(TIMES[i / SIZE] + 1);
        double xtp1 = scales.signal() * training.data[i] + scales.noise() * epsilon[i];
        expected += Math.pow(xtp1 - epsilon[i], 2) / epsilon.length;
      }
      PhaseDraw draw =
          training.draw(Objective.GENERATOR, PLAIN, TIMES, Map.of("normal/epsilon", epsilon));
      Map<String, Double> values = training.run(Objective.GENERATOR, PLAIN, draw);
      assertEquals(expected, values.get("generator-loss"), 1e-5);
    }
  }

  @Test
  void objectiveThatNeedsAnX0PredictionIsChecked() {
    for (String key : List.of("objective=denoising", "objective.reconstruction-l1-weight=1")) {
      String message = refused("parameterization.type=xt", key);
      assertTrue(
          message.contains("objective: ")
              && message.contains("set parameterization.type = x0, epsilon or v"),
          message);
    }
  }

  @Test
  void objectiveThatNeedsADiscriminatorIsChecked() {
    String message = refused("discriminator=null", "loss=null", "penalty=[]");
    assertTrue(message.contains("this objective needs discriminator { type = ... }"), message);
  }

  private String refused(String... keys) {
    return assertThrows(ConfigurationException.class, () -> setup(keys)).getMessage();
  }

  /** Other noise of x_{t+1}. */
  private Map<String, float[]> other() {
    float[] large = noise("other");
    for (int i = 0; i < large.length; i++) {
      large[i] *= 1e6f;
    }
    return Map.of("normal/noisier", large);
  }

  /** Returns the mean logit of real x_t that are 0 at all times, so only the other inputs count. */
  private double logitOfReal(Map<String, float[]> known, int[] times, String... keys) {
    try (Training training = new Training(setup(keys))) {
      Arrays.fill(training.data, 0);
      Map<String, float[]> all = new TreeMap<>(known);
      all.put("normal/cleaner", new float[BATCH * SIZE]);
      PhaseDraw draw = training.draw(Objective.DISCRIMINATOR, PLAIN, times, all);
      return training.run(Objective.DISCRIMINATOR, PLAIN, draw).get("logit-real");
    }
  }

  private float[] evaluate(Setup setup, Step evaluation, String latent) {
    try (Training training = new Training(setup);
        Workspace workspace = new Workspace();
        SamplerStepPlan sampling =
            SamplerStepPlan.prepare(
                training.model, training.model.batch(), training.state.ema(), false, workspace)) {
      int latentSize = setup.components().generator().latentSize();
      return sampling.evaluate(
          evaluation,
          noise("noisier"),
          Gaussian.draw(random.stream(latent), BATCH * latentSize),
          new int[BATCH],
          new float[BATCH * SIZE]);
    }
  }

  private Setup setup(String... keys) {
    List<String> overrides =
        new ArrayList<>(
            List.of(
                "training.batch-size=" + BATCH,
                "training.steps=100",
                "generator.width=8",
                "discriminator.width=8",
                "evaluation.metrics=[]"));
    overrides.addAll(List.of(keys));
    if (Arrays.stream(keys).anyMatch(key -> key.startsWith("discriminator"))) {
      overrides.remove("discriminator.width=8");
    }
    if (Arrays.stream(keys).anyMatch(key -> key.startsWith("generator="))) {
      overrides.remove("generator.width=8");
    }
    Experiment experiment = framework.experiment("gaussians-25", overrides);
    return framework.setup(experiment);
  }

  private float[] noise(String name) {
    return Gaussian.draw(random.stream(name), BATCH * SIZE);
  }

  /** A training with known random draws. */
  private final class Training implements AutoCloseable {

    final Setup setup;
    final ModelDefinition model;
    final TrainingState state;
    final TrainingStep step;
    final float[] data = noise("data");

    Training(Setup setup) {
      this.setup = setup;
      DataShape shape = DataShape.point(SIZE);
      this.model = setup.model(shape, 0);
      var training = setup.experiment().training();
      this.state =
          TrainingState.initial(model, setup.used(model), shape, training.optimiser(), random);
      this.step = new TrainingStep(model, training, state);
    }

    ParameterSet weights(String network) {
      return state.networks().get(network).weights();
    }

    float[] latent() {
      return Gaussian.draw(random.stream("z"), BATCH * setup.components().generator().latentSize());
    }

    PhaseDraw draw(String phase, long number, int[] times, Map<String, float[]> known) {
      Map<String, float[]> all = new TreeMap<>(known);
      all.putIfAbsent("normal/cleaner", noise("cleaner"));
      all.putIfAbsent("normal/noisier", noise("noisier"));
      all.putIfAbsent("normal/reverse", noise("reverse"));
      all.putIfAbsent("latent", latent());
      return phase(phase).draw(number, 100, data, new int[BATCH], times, all, random);
    }

    /** Runs one phase and restores its network. */
    Map<String, Double> run(String phase, long number, PhaseDraw draw) {
      float[] before = weights(phase).flat().data().asFloat();
      Map<String, Double> values = step.run(number, Map.of(phase, draw));
      weights(phase).flat().data().setData(before);
      return values;
    }

    private CompiledPhase phase(String name) {
      return step.phases().stream()
          .filter(phase -> phase.phase().name().equals(name))
          .findFirst()
          .orElseThrow();
    }

    float[] cleaner(int[] times) {
      return diffused(times, data, noise("cleaner"), 0);
    }

    float[] noisier(int[] times) {
      float[] xt = cleaner(times);
      float[] noise = noise("noisier");
      float[] xtp1 = new float[xt.length];
      for (int i = 0; i < BATCH; i++) {
        setup
            .components()
            .process()
            .transition(times[i] + 1)
            .apply(xt, noise, xtp1, i * SIZE, SIZE);
      }
      return xtp1;
    }

    private float[] diffused(int[] times, float[] x, float[] noise, int later) {
      float[] out = new float[x.length];
      for (int i = 0; i < BATCH; i++) {
        setup
            .components()
            .process()
            .marginal(times[i] + later)
            .apply(x, noise, out, i * SIZE, SIZE);
      }
      return out;
    }

    /** Returns the fake x_t: x_{t+1} plus the mean of z, with the parameterization xt. */
    float[] fake(int[] times) {
      float[] xtp1 = noisier(times);
      float[] latent = latent();
      float mean = 0;
      for (float value : latent) {
        mean += value / latent.length;
      }
      for (int i = 0; i < xtp1.length; i++) {
        xtp1[i] += mean;
      }
      return xtp1;
    }

    @Override
    public void close() {
      step.close();
      state.close();
    }
  }
}
