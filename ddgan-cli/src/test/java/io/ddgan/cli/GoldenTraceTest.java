package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DataShape;
import io.ddgan.api.Sampler.Evaluation;
import io.ddgan.graph.ParameterLayout;
import io.ddgan.graph.ParameterSet;
import io.ddgan.losses.NonSaturatingLoss;
import io.ddgan.losses.R1Penalty;
import io.ddgan.networks.Configured;
import io.ddgan.networks.Golden;
import io.ddgan.networks.SmallDiscriminator;
import io.ddgan.random.RandomStreams;
import io.ddgan.schedules.ChainSampler;
import io.ddgan.schedules.GaussianDiffusion;
import io.ddgan.schedules.PosteriorStep;
import io.ddgan.schedules.VariancePreserving;
import io.ddgan.train.Synthesis;
import io.ddgan.train.TrainingSettings;
import io.ddgan.train.TrainingState;
import io.ddgan.train.TrainingStep;
import io.ddgan.train.step.DiscriminatorLosses;
import io.ddgan.train.step.Game;
import io.ddgan.train.step.Opponent;
import io.ddgan.train.step.StepDraw;
import io.ddgan.train.step.StepReport;
import io.ddgan.train.step.UpdateDraw;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** Training and sampling with every random draw given, against the reference. */
class GoldenTraceTest {

  private static final DataShape SHAPE = DataShape.image(3, 8, 8);
  private static final int BATCH = 4;

  private final Golden golden = Golden.load("training-trace");

  @Test
  void threeIterationsEqualTheReferenceInLossesWeightsAndAverage() {
    float[] hyper = golden.values("hyper");
    // So long a training that the rates stay as they are in its first steps, as in the reference.
    long iterations = 1_000_000_000L;
    TrainingSettings settings =
        new TrainingSettings(
            BATCH,
            iterations,
            hyper[1],
            hyper[0],
            0,
            hyper[2],
            hyper[3],
            hyper[4],
            hyper[6],
            false,
            1,
            0,
            1,
            1,
            1);
    Game game = game();
    try (TrainingState state = TrainingState.initial(game, settings, new RandomStreams(0))) {
      fill(state.generator().weights(), "init.G.");
      fill(state.average(), "init.G.");
      fill(state.discriminator().orElseThrow().weights(), "init.D.");
      try (TrainingStep step = new TrainingStep(game, settings, state)) {
        for (int i = 0; i < 3; i++) {
          String prefix = "step" + i + ".";
          StepReport report =
              step.run(
                  i, new StepDraw(Optional.of(draw(game, prefix, "D.")), draw(game, prefix, "G.")));
          DiscriminatorLosses losses = report.discriminator().orElseThrow().losses();
          assertLoss(prefix + "loss.D_real", losses.real());
          assertLoss(prefix + "loss.D_fake", losses.fake());
          assertLoss(prefix + "loss.r1", losses.penalty());
          assertLoss(prefix + "loss.G", report.generatorLoss());
        }
      }
      assertWeights("final.G.", state.generator().weights());
      assertWeights("final.D.", state.discriminator().orElseThrow().weights());
      assertWeights("ema.G.", state.average());
    }
  }

  @Test
  void fourStepsOfSamplingEqualTheReference() {
    Golden trace = Golden.load("sampling-trace");
    Game game = game();
    try (ParameterSet weights = ParameterSet.zeros(game.generatorLayout(), DataType.FLOAT)) {
      fill(weights, "final.G.");
      List<Evaluation> path = new ChainSampler().path(game.process(), game.reverse());
      try (Synthesis synthesis = new Synthesis(game, path, weights)) {
        float[] samples =
            synthesis.follow(
                0, 4, BATCH, i -> new Recorded(trace, i), (evaluations, first, x) -> {});
        float[] expected = trace.values("out");
        for (int i = 0; i < expected.length; i++) {
          assertEquals(expected[i], samples[i], 1e-4 + 1e-3 * Math.abs(expected[i]), "pixel " + i);
        }
      }
    }
  }

  /** One example of the recorded draws. */
  private record Recorded(Golden trace, int example) implements Synthesis.Cell {

    @Override
    public float[] start() {
      return part("x_T");
    }

    @Override
    public float[] latent(int evaluation) {
      return part("z" + evaluation);
    }

    @Override
    public float[] noise(int evaluation) {
      return part("noise" + evaluation);
    }

    private float[] part(String name) {
      float[] all = trace.values(name);
      int size = all.length / BATCH;
      return Arrays.copyOfRange(all, example * size, (example + 1) * size);
    }
  }

  private Game game() {
    float[] hyper = golden.values("hyper");
    return new Game(
        new GaussianDiffusion(new VariancePreserving(4, 0.1, 20)),
        new PosteriorStep(),
        Configured.unet(
            Configured.SMALL, "attention-resolutions = [4], latent-size = 8, style-size = 16"),
        true,
        Optional.of(
            new Opponent(
                new SmallDiscriminator(4, 16, 0),
                true,
                true,
                new NonSaturatingLoss(),
                new R1Penalty(hyper[5], 1),
                Map.of())),
        0,
        SHAPE,
        BATCH);
  }

  /** The reference draws the noise of x_{t+1} before that of x_t. */
  private UpdateDraw draw(Game game, String prefix, String network) {
    float[] times = golden.values(prefix + network + "t");
    int[] t = new int[times.length];
    for (int i = 0; i < t.length; i++) {
      t[i] = (int) times[i];
    }
    return UpdateDraw.pairs(
        game.process(),
        t,
        golden.values(prefix + "real"),
        golden.values(prefix + network + "noise_q1"),
        golden.values(prefix + network + "noise_q0"),
        golden.values(prefix + network + "z"),
        golden.values(prefix + network + "noise_posterior"),
        new RandomStreams(0));
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
   * Softmax does not see what is added to all scores of a pixel, so the true gradient of a key's
   * bias is 0; Adam makes whole steps of the rounding errors that are left of it.
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
