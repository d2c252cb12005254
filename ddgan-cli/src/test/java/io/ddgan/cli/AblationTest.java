package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.Sampler.Evaluation;
import io.ddgan.graph.ParameterSet;
import io.ddgan.graph.Workspace;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.Experiment;
import io.ddgan.train.TrainingState;
import io.ddgan.train.step.AdversarialObjective;
import io.ddgan.train.step.DenoisingObjective;
import io.ddgan.train.step.DiscriminatorLosses;
import io.ddgan.train.step.DiscriminatorUpdate;
import io.ddgan.train.step.Game;
import io.ddgan.train.step.Gaussian;
import io.ddgan.train.step.Sampling;
import io.ddgan.train.step.UpdateDraw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** What the keys of the ablations change in the losses, on the points of a small experiment. */
class AblationTest {

  private static final int BATCH = 4;
  private static final int SIZE = 2;
  private static final int[] TIMES = {0, 1, 2, 3};

  private final RandomStreams random = new RandomStreams(0);
  private final float[] real = noise("real");
  private Framework framework;

  @BeforeEach
  void open() {
    framework = new Framework();
  }

  @AfterEach
  void close() {
    framework.close();
  }

  @Test
  void theDiscriminatorSeesTheNoisierExampleAndTheTime() {
    Game game = game();
    double loss = discriminatorLoss(game, TIMES, "noisier");
    assertNotEquals(loss, discriminatorLoss(game, TIMES, "other"));
    assertNotEquals(loss, discriminatorLoss(game, new int[] {3, 2, 1, 0}, "noisier"));
  }

  @Test
  void itMayBeBlindToTheNoisierExample() {
    Game game = game("discriminator-sees.noisier=false");
    double loss = discriminatorLoss(game, TIMES, "noisier");
    assertEquals(loss, discriminatorLoss(game, TIMES, "other"));
    assertNotEquals(loss, discriminatorLoss(game, new int[] {3, 2, 1, 0}, "noisier"));
  }

  @Test
  void itMayBeBlindToTheTime() {
    Game game = game("discriminator-sees.time=false");
    double loss = discriminatorLoss(game, TIMES, "noisier");
    assertEquals(loss, discriminatorLoss(game, new int[] {3, 2, 1, 0}, "noisier"));
    assertNotEquals(loss, discriminatorLoss(game, TIMES, "other"));
  }

  @Test
  void ofAOneShotGeneratorItDoesNotSeeTheInput() {
    Game game = game("reverse.type=one-shot");
    assertEquals(
        discriminatorLoss(game, TIMES, "noisier"), discriminatorLoss(game, TIMES, "other"));
  }

  @Test
  void aOneShotGeneratorDoesNotSeeTheTime() {
    Game game = game("reverse.type=one-shot");
    Evaluation early = new Evaluation(3, game.reverse().at(game.process(), 0));
    Evaluation late = new Evaluation(0, game.reverse().at(game.process(), 0));
    assertArrayEquals(evaluate(game, early, "z"), evaluate(game, late, "z"));
  }

  @Test
  void latentVectorsMakeADifferenceUnlessTheyAreLeftOut() {
    for (boolean without : new boolean[] {false, true}) {
      Game game = without ? game("latent=none") : game();
      Evaluation first = new Evaluation(3, game.reverse().at(game.process(), 3));
      assertEquals(
          without, Arrays.equals(evaluate(game, first, "z"), evaluate(game, first, "other")));
    }
  }

  @Test
  void aPenaltyBetweenRealAndGeneratedExamplesIsTakenThere() {
    Game game =
        game(
            "discriminator.type=example-sine",
            "loss.type=wasserstein",
            "penalty={type=wgan-gp,weight=3,every=1}");
    float[] fake = noise("fake");
    var layout = game.discriminatorLayout().orElseThrow();
    try (ParameterSet weights = ParameterSet.zeros(layout, DataType.FLOAT);
        ParameterSet gradient = ParameterSet.zeros(layout, DataType.FLOAT);
        Workspace workspace = new Workspace();
        DiscriminatorUpdate update =
            DiscriminatorUpdate.prepare(game, weights, gradient, workspace)) {
      double value = penalty(update, weights, fake, 2);
      // D is the mean of sin(w x), so that its gradient is w / 2 cos(w x).
      var shares = random.stream("between");
      double expected = 0;
      for (int i = 0; i < BATCH; i++) {
        float share = shares.nextFloat();
        double square = 0;
        for (int j = i * SIZE; j < (i + 1) * SIZE; j++) {
          double x = share * real[j] + (1 - share) * fake[j];
          square += Math.pow(2.0 / SIZE * Math.cos(2 * x), 2);
        }
        expected += 3 * Math.pow(Math.sqrt(square) - 1, 2) / BATCH;
      }
      assertEquals(expected, value, 1e-5);
      // Only the penalty's own part of the gradient is left without the losses' part.
      double whole = gradient.flat().getDouble(0);
      double losses = lossGradient(fake, 2);
      double step = 1e-2;
      double ahead = penalty(update, weights, fake, 2 + step);
      double behind = penalty(update, weights, fake, 2 - step);
      assertEquals((ahead - behind) / (2 * step), whole - losses, 1e-3);
    }
  }

  private double penalty(
      DiscriminatorUpdate update, ParameterSet weights, float[] fake, double weight) {
    weights.flat().assign(weight);
    return update.run(0, draw(TIMES, "noisier"), fake).penalty();
  }

  /** d/dw of mean sin(w fake) - mean sin(w real). */
  private double lossGradient(float[] fake, double w) {
    double gradient = 0;
    for (int i = 0; i < real.length; i++) {
      gradient += fake[i] * Math.cos(w * fake[i]) - real[i] * Math.cos(w * real[i]);
    }
    return gradient / real.length;
  }

  @Test
  void theReconstructionTermAddsItsWeightTimesTheMeanDistanceOfTheEstimateFromTheData() {
    Game without = game();
    Game with = game("reconstruction-weight=2.5");
    UpdateDraw draw = draw(TIMES, "noisier");
    float[] estimate = new float[real.length];
    for (int i = 0; i < BATCH; i++) {
      var data = without.reverse().data(without.process(), TIMES[i]).orElseThrow();
      float[] all = evaluate(without, new Evaluation(TIMES[i], data), "latent");
      System.arraycopy(all, i * SIZE, estimate, i * SIZE, SIZE);
    }
    double distance = 0;
    for (int i = 0; i < real.length; i++) {
      distance += Math.abs(estimate[i] - real[i]) / real.length;
    }
    assertEquals(2.5 * distance, generatorLoss(with, draw) - generatorLoss(without, draw), 1e-4);
  }

  @Test
  void aDenoiserPaysTheMeanSquaredErrorOfTheNoise() {
    Game game =
        game(
            "objective=denoising",
            "reverse.type=noise",
            "generator={type=example-sum,latent-size=8}",
            "latent=none");
    var layout = game.generatorLayout();
    try (ParameterSet weights = ParameterSet.zeros(layout, DataType.FLOAT);
        ParameterSet gradient = ParameterSet.zeros(layout, DataType.FLOAT);
        Workspace workspace = new Workspace();
        DenoisingObjective objective =
            DenoisingObjective.prepare(game, weights, gradient, workspace)) {
      float[] noisier = noise("noisier");
      float[] noise = noise("noise");
      double expected = 0;
      for (int i = 0; i < noise.length; i++) {
        expected += Math.pow(noisier[i] - noise[i], 2) / noise.length;
      }
      assertEquals(expected, objective.run(draw(TIMES, "noisier")), 1e-5);
    }
  }

  @Test
  void anObjectiveThatNeedsAnEstimateOfTheDataSaysSo() {
    for (String key : List.of("objective=denoising", "reconstruction-weight=1")) {
      var e = assertThrows(IllegalArgumentException.class, () -> game("reverse.type=direct", key));
      assertTrue(e.getMessage().contains("set reverse.type = noise or posterior"), e.getMessage());
    }
  }

  private Game game(String... keys) {
    List<String> overrides =
        new ArrayList<>(
            List.of(
                "training.batch=" + BATCH,
                "generator.width=8",
                "discriminator.width=8",
                "evaluation.metrics=[]"));
    overrides.addAll(List.of(keys));
    if (Arrays.stream(keys).anyMatch(key -> key.startsWith("discriminator.type"))) {
      overrides.remove("discriminator.width=8");
    }
    if (Arrays.stream(keys).anyMatch(key -> key.startsWith("generator="))) {
      overrides.remove("generator.width=8");
    }
    Experiment experiment = framework.experiment("gaussians-25", overrides);
    return framework.setup(experiment).game(DataShape.point(SIZE), BATCH);
  }

  private TrainingState state(Game game) {
    Experiment any = framework.experiment("gaussians-25", List.of());
    return TrainingState.initial(game, any.training(), random);
  }

  private double discriminatorLoss(Game game, int[] times, String noisier) {
    try (TrainingState state = state(game);
        Workspace workspace = new Workspace()) {
      ParameterSet weights = state.discriminator().orElseThrow().weights();
      try (ParameterSet gradient = weights.copy();
          DiscriminatorUpdate update =
              DiscriminatorUpdate.prepare(game, weights, gradient, workspace)) {
        DiscriminatorLosses losses = update.run(1, draw(times, noisier), noise("fake"));
        return losses.real() + losses.fake();
      }
    }
  }

  private double generatorLoss(Game game, UpdateDraw draw) {
    try (TrainingState state = state(game);
        Workspace workspace = new Workspace()) {
      ParameterSet weights = state.generator().weights();
      try (ParameterSet gradient = weights.copy();
          AdversarialObjective objective =
              AdversarialObjective.prepare(
                  game,
                  weights,
                  state.discriminator().orElseThrow().weights(),
                  gradient,
                  workspace)) {
        return objective.run(draw);
      }
    }
  }

  private float[] evaluate(Game game, Evaluation evaluation, String latent) {
    try (TrainingState state = state(game);
        Sampling sampling = Sampling.prepare(game, state.average())) {
      return sampling.evaluate(
          evaluation, noise("noisier"), latent(game, latent), new float[BATCH * SIZE]);
    }
  }

  private UpdateDraw draw(int[] times, String noisier) {
    int latent = BATCH * 8;
    return new UpdateDraw(
        times,
        real,
        real,
        noise(noisier),
        Gaussian.draw(random.stream("latent"), latent),
        noise("noise"),
        random);
  }

  private float[] latent(Game game, String name) {
    return Gaussian.draw(random.stream(name), BATCH * game.generator().latentSize());
  }

  private float[] noise(String name) {
    return Gaussian.draw(random.stream(name), BATCH * SIZE);
  }
}
