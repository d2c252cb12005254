package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DataShape;
import io.ddgan.api.GradientPenalty.Place;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.Ramp;
import io.ddgan.api.Sampler.Step;
import io.ddgan.contract.TestedEngine;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.losses.DdganObjective;
import io.ddgan.losses.DdganObjective.DiscriminatorInputs;
import io.ddgan.losses.DdganObjective.ReconstructionWeighting;
import io.ddgan.losses.Latent;
import io.ddgan.losses.NonSaturatingLoss;
import io.ddgan.losses.R1Penalty;
import io.ddgan.networks.Configured;
import io.ddgan.networks.Golden;
import io.ddgan.networks.SmallDiscriminator;
import io.ddgan.random.RandomStreams;
import io.ddgan.schedules.AncestralSampler;
import io.ddgan.schedules.GaussianDiffusion;
import io.ddgan.schedules.VpSchedule;
import io.ddgan.schedules.X0Parameterization;
import io.ddgan.train.experiment.DataCodec;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.optimiser.Adam;
import io.ddgan.train.phase.CompiledPhase;
import io.ddgan.train.phase.Freeze;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.phase.PhaseDraw;
import io.ddgan.train.representation.Identity;
import io.ddgan.train.sampling.SamplingLoop;
import io.ddgan.train.step.TrainingState;
import io.ddgan.train.step.TrainingStep;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** Compares training and sampling with the reference, with all random draws given. */
class GoldenTraceTest {

  private static final DataShape SHAPE = DataShape.image(3, 8, 8);
  private static final int BATCH = 4;

  private final Golden golden = Golden.load("training-trace");

  @Test
  void threeTrainingStepsEqualTheReference() {
    float[] hyper = golden.values("hyper");
    // So long a training that the rates stay as they are in its first steps, as in the reference.
    long iterations = 1_000_000_000L;
    TrainingSettings settings =
        new TrainingSettings(
            BATCH,
            1,
            iterations,
            Ramp.constant(hyper[1]),
            Ramp.constant(hyper[0]),
            0,
            new Adam(Ramp.constant(hyper[2]), Ramp.constant(hyper[3]), hyper[4]),
            Optional.empty(),
            Ramp.constant(hyper[6]),
            Optional.empty(),
            false,
            List.of(),
            1,
            0,
            1,
            1,
            1);
    ModelDefinition model = model();
    try (TrainingState state =
        TrainingState.initial(
            model, model.used(), SHAPE, settings.optimiser(), new RandomStreams(0))) {
      ParameterSet generator = state.networks().get(Objective.GENERATOR).weights();
      ParameterSet discriminator = state.networks().get(Objective.DISCRIMINATOR).weights();
      fill(generator, "init.G.");
      fill(state.ema(), "init.G.");
      fill(discriminator, "init.D.");
      try (TrainingStep step = new TrainingStep(model, settings, state)) {
        for (int i = 0; i < 3; i++) {
          String prefix = "step" + i + ".";
          Map<String, Double> values = step.run(i, draw(step, i, prefix));
          assertLoss(prefix + "loss.D_real", values.get("discriminator-loss-real"));
          assertLoss(prefix + "loss.D_fake", values.get("discriminator-loss-fake"));
          assertLoss(prefix + "loss.r1", values.get("penalty"));
          assertLoss(prefix + "loss.G", values.get("generator-loss"));
        }
      }
      assertWeights("final.G.", generator);
      assertWeights("final.D.", discriminator);
      assertWeights("ema.G.", state.ema());
    }
  }

  @Test
  void fourSamplerStepsEqualTheReference() {
    Golden trace = Golden.load("sampling-trace");
    ModelDefinition model = model();
    try (ParameterSet weights = ParameterSet.zeros(model.generatorLayout(), DataType.FLOAT)) {
      fill(weights, "final.G.");
      List<Step> path = model.objective().samplerSteps(new AncestralSampler(), model.components());
      DataCodec coding = new DataCodec(new Identity(), SHAPE);
      try (SamplingLoop synthesis = new SamplingLoop(model, coding, path, weights, BATCH)) {
        float[] samples =
            synthesis.follow(
                new int[] {0, 1, 2, 3},
                BATCH,
                i -> recorded(trace, i),
                SamplingLoop.SamplerCallback.NONE,
                (what, done, total) -> {});
        float[] expected = trace.values("out");
        for (int i = 0; i < expected.length; i++) {
          assertEquals(expected[i], samples[i], 1e-4 + 1e-3 * Math.abs(expected[i]), "pixel " + i);
        }
      }
    }
  }

  /** One example of the recorded draws. */
  private static SamplingLoop.NoiseSource recorded(Golden trace, int example) {
    return new SamplingLoop.NoiseSource(
        () -> part(trace, "x_T", example),
        evaluation -> part(trace, "z" + evaluation, example),
        evaluation -> part(trace, "noise" + evaluation, example),
        () -> 0);
  }

  private static float[] part(Golden trace, String name, int example) {
    float[] all = trace.values(name);
    int size = all.length / BATCH;
    return Arrays.copyOfRange(all, example * size, (example + 1) * size);
  }

  private ModelDefinition model() {
    float[] hyper = golden.values("hyper");
    ObjectiveComponents components =
        new ObjectiveComponents(
            new GaussianDiffusion(new VpSchedule(4, 0.1, 20)),
            new X0Parameterization(),
            Configured.unet(
                Configured.SMALL, "attention-resolutions = [4], latent-size = 8, style-size = 16"),
            Optional.of(new SmallDiscriminator(4, 16, 0, false)),
            Optional.of(new NonSaturatingLoss()),
            List.of(new R1Penalty(Ramp.constant(hyper[5]), 1, Place.REAL)),
            List.of());
    Objective objective =
        new DdganObjective(
            Latent.NORMAL,
            new DiscriminatorInputs(true, true),
            Ramp.constant(0),
            Ramp.constant(0),
            ReconstructionWeighting.NONE);
    return new ModelDefinition(
        objective, components, Map.of(), TestedEngine.get(), SHAPE, 0, BATCH, Freeze.NOTHING);
  }

  private Map<String, PhaseDraw> draw(TrainingStep step, long number, String prefix) {
    Map<String, PhaseDraw> draws = new TreeMap<>();
    for (CompiledPhase phase : step.phases()) {
      String name = phase.phase().name();
      String drawn = prefix + (name.equals(Objective.GENERATOR) ? "G." : "D.");
      float[] times = golden.values(drawn + "t");
      int[] t = new int[times.length];
      for (int i = 0; i < t.length; i++) {
        t[i] = (int) times[i];
      }
      // The reference draws the noise of x_{t+1} before that of x_t.
      Map<String, float[]> known =
          Map.of(
              "normal/cleaner", golden.values(drawn + "noise_q1"),
              "normal/noisier", golden.values(drawn + "noise_q0"),
              "latent", golden.values(drawn + "z"),
              "normal/reverse", golden.values(drawn + "noise_posterior"));
      draws.put(
          name,
          phase.draw(
              number,
              1,
              golden.values(prefix + "real"),
              new int[BATCH],
              t,
              known,
              new RandomStreams(0)));
    }
    return draws;
  }

  private void fill(ParameterSet set, String prefix) {
    for (ParameterLayout.Entry entry : set.layout().entries()) {
      set.set(entry.name(), golden.values(prefix + entry.name()));
    }
  }

  private void assertLoss(String name, double actual) {
    double expected = golden.values(name)[0];
    assertEquals(expected, actual, 1e-3 * Math.abs(expected), name);
  }

  /**
   * Softmax is invariant to a constant added to all scores, so the gradient of a key's bias is 0 up
   * to rounding errors, which Adam scales to full steps.
   */
  private double tolerance(String parameter) {
    return parameter.endsWith("NIN_1.b") ? 2 * 3 * golden.values("hyper")[1] : 2e-4;
  }

  private void assertWeights(String prefix, ParameterSet actual) {
    for (ParameterLayout.Entry entry : actual.layout().entries()) {
      float[] expected = golden.values(prefix + entry.name());
      float[] values = actual.view(entry.name()).dup('c').data().asFloat();
      for (int i = 0; i < expected.length; i++) {
        String what = "%s%s[%d]".formatted(prefix, entry.name(), i);
        assertEquals(expected[i], values[i], tolerance(entry.name()), what);
      }
    }
  }
}
