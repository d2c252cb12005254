package io.ddgan.train.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Batch;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Inputs;
import io.ddgan.api.Optimiser;
import io.ddgan.api.Parameterization.Coefficients;
import io.ddgan.api.Phase;
import io.ddgan.api.Ramp;
import io.ddgan.api.Sampler.Step;
import io.ddgan.api.StepInterval;
import io.ddgan.contract.SmallParts;
import io.ddgan.engine.CallTime;
import io.ddgan.internal.graph.Workspace;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.optimiser.Adam;
import io.ddgan.train.optimiser.AdamW;
import io.ddgan.train.optimiser.Sgd;
import io.ddgan.train.phase.NotFiniteException;
import io.ddgan.train.phase.SamplerStepPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Training steps with linear networks and synthetic phases. */
class TrainingStepTest {

  private static final Phase GENERATOR = Phase.of("generator", TrainingStepTest::generatorLoss);
  private static final Phase DISCRIMINATOR =
      Phase.of("discriminator", TrainingStepTest::discriminatorLoss);
  private static final Phase NEVER =
      new Phase(
          "generator",
          "generator",
          new StepInterval(0),
          Optional.empty(),
          TrainingStepTest::generatorLoss);
  private static final Phase ALONE = Phase.of("generator", batch -> output(batch).mean());
  private static final Optimiser DESCENT = new Sgd(Ramp.constant(0), false);

  private static SDVariable output(Batch batch) {
    return batch.apply(
        "generator",
        batch.inputs().with(Inputs.XTP1, batch.xtp1()).with(Inputs.LATENT, batch.latent()));
  }

  private static SDVariable logits(Batch batch, SDVariable xt) {
    return batch.apply(
        "discriminator", batch.inputs().with(Inputs.XT, xt).with(Inputs.XTP1, batch.xtp1()));
  }

  private static SDVariable generatorLoss(Batch batch) {
    SDVariable logits = logits(batch, batch.reverseStep(output(batch)));
    batch.report("generator-loss", logits.neg());
    return logits.neg();
  }

  private static SDVariable discriminatorLoss(Batch batch) {
    SDVariable real = logits(batch, batch.xt());
    SDVariable fake = logits(batch, batch.stopGradient(batch.reverseStep(output(batch))));
    SDVariable loss = batch.sameDiff().math().square(real.sub(1).sub(fake));
    batch.report("discriminator-loss", loss);
    return loss;
  }

  private static SDVariable withPenalty(Batch batch, int every) {
    SDVariable loss = discriminatorLoss(batch).mean();
    if (batch.isDue(new StepInterval(every))) {
      SDVariable logits = logits(batch, batch.xt());
      SDVariable penalty = batch.penalty(new SquaredLength(), batch.xt(), logits);
      batch.report("penalty", penalty);
      loss = loss.add(penalty);
    }
    return loss;
  }

  private record SquaredLength(Ramp weight) implements GradientPenalty {

    SquaredLength() {
      this(new Ramp(1, 0, Optional.of(4L), Ramp.Shape.LINEAR));
    }

    @Override
    public int every() {
      return 1;
    }

    @Override
    public SDVariable penalty(SDVariable gradient) {
      return gradient.getSameDiff().math().square(gradient).sum(1).mean();
    }
  }

  private static Phase discriminator(StepInterval interval, Function<Batch, SDVariable> loss) {
    return new Phase("discriminator", "discriminator", interval, Optional.empty(), loss);
  }

  @Test
  void samplingBetweenStepsSharesMemoryAndChangesNothing() throws IOException {
    try (TinyTraining alone = new TinyTraining(new Options(), DISCRIMINATOR, GENERATOR);
        Workspace workspace = new Workspace();
        SamplerStepPlan apart =
            SamplerStepPlan.prepare(
                alone.model(), alone.model().batch(), alone.state().ema(), false, workspace);
        TinyTraining sharing = new TinyTraining(new Options(), DISCRIMINATOR, GENERATOR);
        SamplerStepPlan within =
            SamplerStepPlan.prepare(
                sharing.model(),
                sharing.model().batch(),
                sharing.state().ema(),
                false,
                sharing.step().workspace())) {
      assertTrue(
          sharing.step().workspace().bytes()
              < alone.step().workspace().bytes() + workspace.bytes());
      for (int step = 0; step < 3; step++) {
        assertEquals(alone.run(step), sharing.run(step));
        assertArrayEquals(sample(apart), sample(within));
      }
      assertEquals(alone.values(), sharing.values());
    }
  }

  private static float[] sample(SamplerStepPlan sampling) {
    float[] numbers = new float[2 * TinyTraining.BATCH];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i - 7.5f;
    }
    Step evaluation = new Step(0, new Coefficients(0.5, 0.25, 2));
    return sampling.evaluate(evaluation, numbers, numbers, new int[TinyTraining.BATCH], numbers);
  }

  @Test
  void phasesChangeOnlyTheirNetwork() throws IOException {
    try (TinyTraining training = new TinyTraining(new Options(), DISCRIMINATOR, NEVER)) {
      float[] generator = training.weights("generator");
      float[] discriminator = training.weights("discriminator");
      training.run(0);
      assertArrayEquals(generator, training.weights("generator"));
      assertFalse(Arrays.equals(discriminator, training.weights("discriminator")));
      assertArrayEquals(generator, training.average());
    }
  }

  @Test
  void untrainedNetworksKeepTheirWeightsAndAreSaved() throws IOException {
    try (TinyTraining training = new TinyTraining(new Options(), GENERATOR)) {
      float[] discriminator = training.weights("discriminator");
      training.run(0);
      assertArrayEquals(discriminator, training.weights("discriminator"));
      assertTrue(training.state().save().containsKey("discriminator"));
    }
  }

  @Test
  void phasesUseTheWeightsOfEarlierPhases() throws IOException {
    Phase look =
        new Phase(
            "look",
            "generator",
            StepInterval.ALWAYS,
            Optional.of(Ramp.constant(0)),
            batch -> {
              batch.report("logit-of-zeros", logits(batch, batch.zeros(Inputs.XT)));
              return output(batch).mean();
            });
    try (TinyTraining after = new TinyTraining(new Options(), DISCRIMINATOR, look);
        TinyTraining before = new TinyTraining(new Options(), look, DISCRIMINATOR)) {
      double seenBefore = before.run(0).get("logit-of-zeros");
      double seenAfter = after.run(0).get("logit-of-zeros");
      assertFalse(Math.abs(seenBefore - seenAfter) < 1e-4, "the discriminator has changed");
      assertArrayEquals(before.weights("discriminator"), after.weights("discriminator"));
    }
  }

  @Test
  void lazyTermsRunOnlyWhenDue() throws IOException {
    Phase lazy = discriminator(StepInterval.ALWAYS, batch -> withPenalty(batch, 3));
    Phase always = discriminator(StepInterval.ALWAYS, batch -> withPenalty(batch, 1));
    Phase never = discriminator(StepInterval.ALWAYS, batch -> withPenalty(batch, 0));
    try (TinyTraining sometimes = new TinyTraining(new Options(), lazy, NEVER);
        TinyTraining each = new TinyTraining(new Options(), always, NEVER);
        TinyTraining none = new TinyTraining(new Options(), never, NEVER)) {
      sometimes.run(1);
      sometimes.run(2);
      none.run(1);
      none.run(2);
      assertArrayEquals(none.weights("discriminator"), sometimes.weights("discriminator"));
      sometimes.run(3);
      none.run(3);
      assertFalse(Arrays.equals(none.weights("discriminator"), sometimes.weights("discriminator")));
      each.run(1);
      assertEquals(none.step().profile(1).size(), sometimes.step().profile(1).size());
      assertTrue(sometimes.step().profile(1).size() < each.step().profile(1).size());
    }
  }

  @Test
  void combinesTermsOfDifferentIntervals() throws IOException {
    Phase phase =
        Phase.of(
            "generator",
            batch -> {
              for (int every : new int[] {3, 2, 0}) {
                if (batch.isDue(new StepInterval(every))) {
                  batch.report("term-" + every, output(batch).mean());
                }
              }
              return output(batch).mean();
            });
    try (TinyTraining training = new TinyTraining(new Options(), phase)) {
      assertFalse(training.step().columns().contains("term-0"));
      for (int step = 0; step < 8; step++) {
        Map<String, Double> values = training.run(step);
        assertEquals(step % 3 == 0, values.containsKey("term-3"), "step " + step);
        assertEquals(step % 2 == 0, values.containsKey("term-2"), "step " + step);
        assertFalse(values.containsKey("term-0"));
      }
    }
  }

  @Test
  void omitsNetworksOfTermsThatAreNeverDue() throws IOException {
    Phase never =
        Phase.of(
            "generator",
            batch ->
                batch.isDue(new StepInterval(0))
                    ? logits(batch, batch.xt()).mean()
                    : output(batch).mean());
    try (TinyTraining training = new TinyTraining(new Options(), never)) {
      assertEquals(Set.of("generator"), training.state().networks().keySet());
    }
  }

  @Test
  void optimisersGetTheNumberOfUpdatesAndNoUntrainedNetworks() throws IOException {
    List<Long> updates = new ArrayList<>();
    Optimiser counting =
        new Optimiser() {
          @Override
          public List<String> stateNames() {
            return List.of("mean");
          }

          @Override
          public void update(Update update) {
            updates.add(update.previousUpdates());
          }
        };
    try (TinyTraining training =
        new TinyTraining(new Options().withOptimiser(counting), GENERATOR)) {
      for (int step = 0; step < 3; step++) {
        training.run(step);
      }
      assertEquals(List.of(0L, 1L, 2L), updates);
      assertEquals(
          Set.of("mean"), training.state().networks().get("generator").optimiserState().keySet());
      assertEquals(
          Set.of(), training.state().networks().get("discriminator").optimiserState().keySet());
    }
  }

  @Test
  void countsStepsOfTheSameWorkTogether() {
    Phase rare = discriminator(new StepInterval(2), batch -> withPenalty(batch, 4));
    try (TinyTraining training = new TinyTraining(new Options(), rare, GENERATOR)) {
      Map<Long, Double> shares = training.step().shares();
      assertEquals(List.of(0L, 1L, 2L), List.copyOf(shares.keySet()));
      assertEquals(0.25, shares.get(0L), 1e-9);
      assertEquals(0.5, shares.get(1L), 1e-9);
      assertEquals(0.25, shares.get(2L), 1e-9);
    }
  }

  @Test
  void profilesEveryUpdateAndKeepsTheWeights() throws IOException {
    try (TinyTraining training = new TinyTraining(new Options(), DISCRIMINATOR, GENERATOR)) {
      training.run(0);
      float[] generator = training.weights("generator");
      float[] average = training.average();
      List<CallTime> updates =
          training.step().profile(1).stream()
              .filter(call -> call.operation().equals(TrainingStep.OPTIMISER))
              .toList();
      List<Long> ofGenerator = List.of((long) generator.length);
      List<Long> ofDiscriminator = List.of((long) training.weights("discriminator").length);
      assertEquals(
          List.of(ofDiscriminator, ofGenerator, ofGenerator),
          updates.stream().map(CallTime::output).toList());
      for (CallTime update : updates) {
        assertTrue(update.nanoseconds() > 0 && update.nanoseconds() < 1e10, update.toString());
      }
      assertArrayEquals(generator, training.weights("generator"));
      assertFalse(Arrays.equals(average, training.average()), "the average has been timed");
      assertEquals(2, training.state().networks().get("generator").updates());
    }
  }

  @Test
  void closingFreesTheMemoryOfTheState() throws IOException {
    List<INDArray> arrays = new ArrayList<>();
    try (TinyTraining training = new TinyTraining(new Options(), GENERATOR)) {
      training.run(0);
      for (NetworkState learner : training.state().networks().values()) {
        arrays.add(learner.weights().flat());
        learner.optimiserState().values().forEach(kept -> arrays.add(kept.flat()));
      }
      arrays.add(training.state().ema().flat());
      arrays.forEach(array -> assertFalse(array.wasClosed()));
    }
    arrays.forEach(array -> assertTrue(array.wasClosed()));
  }

  @Test
  void namesThePhaseOfANonFiniteLoss() throws IOException {
    Phase broken =
        new Phase(
            "flawed",
            "generator",
            StepInterval.ALWAYS,
            Optional.empty(),
            batch -> batch.sameDiff().math().log(output(batch).mul(0)).mean());
    for (int shards : new int[] {1, 2}) {
      try (TinyTraining training = new TinyTraining(new Options().withShards(shards), broken)) {
        NotFiniteException e = assertThrows(NotFiniteException.class, () -> training.run(2));
        assertTrue(
            e.getMessage().startsWith("the loss of the phase flawed is -Infinity in step 3"));
      }
    }
  }

  /** The logits are 3 times x_t plus 5 times x_{t+1}, which is computed from x_t. */
  @Test
  void penalisesTheGradientWithTheWeightOfTheStep() throws IOException {
    Phase penalised =
        Phase.of(
            "generator",
            batch -> {
              SDVariable sum = batch.xt().mul(3).add(batch.xtp1().mul(5)).sum(1);
              SDVariable logits = sum.add(output(batch).sum(1).mul(0));
              SDVariable penalty = batch.penalty(new SquaredLength(), batch.xt(), logits);
              batch.report("penalty", penalty);
              return output(batch).mean().add(penalty);
            });
    try (TinyTraining training = new TinyTraining(new Options(), penalised)) {
      for (int step = 0; step < 3; step++) {
        double weight = 1 - step / 4.0;
        assertEquals(18 * weight, training.run(step).get("penalty"), 1e-4);
      }
    }
  }

  /** The logits are 3 times x_t plus 5 times x_t as a constant. */
  @Test
  void penaltiesStopAtConstants() throws IOException {
    Phase penalised =
        Phase.of(
            "generator",
            batch -> {
              SDVariable fixed = batch.stopGradient(batch.xt()).mul(5);
              SDVariable sum = batch.xt().mul(3).add(fixed).sum(1);
              SDVariable logits = sum.add(output(batch).sum(1).mul(0));
              SDVariable penalty = batch.penalty(new SquaredLength(), batch.xt(), logits);
              batch.report("penalty", penalty);
              return output(batch).mean().add(penalty);
            });
    try (TinyTraining training = new TinyTraining(new Options(), penalised)) {
      assertEquals(18, training.run(0).get("penalty"), 1e-4);
    }
  }

  @Test
  void termsMayReplaceOthersThatAreNotDue() throws IOException {
    Phase either =
        Phase.of(
            "generator",
            batch -> {
              SDVariable loss = output(batch).mean();
              if (batch.isDue(new StepInterval(4))) {
                batch.report("fourth", loss);
              } else if (batch.isDue(new StepInterval(2))) {
                batch.report("second", loss);
              }
              return loss;
            });
    try (TinyTraining training = new TinyTraining(new Options(), either)) {
      assertTrue(training.step().columns().containsAll(List.of("fourth", "second")));
      for (int step = 0; step < 9; step++) {
        var columns = training.run(step).keySet();
        assertEquals(step % 4 == 0, columns.contains("fourth"));
        assertEquals(step % 4 == 2, columns.contains("second"));
      }
    }
  }

  @Test
  void penaltiesMayHaveAConstantWeight() throws IOException {
    Phase penalised =
        Phase.of(
            "generator",
            batch -> {
              SDVariable logits = batch.xt().mul(3).sum(1).add(output(batch).sum(1).mul(0));
              var half = new SquaredLength(Ramp.constant(0.5));
              SDVariable penalty = batch.penalty(half, batch.xt(), logits);
              batch.report("penalty", penalty);
              return output(batch).mean().add(penalty);
            });
    try (TinyTraining training = new TinyTraining(new Options(), penalised)) {
      assertEquals(9, training.run(0).get("penalty"), 1e-4);
    }
  }

  /** Returns the differences between examples and their equations with the same draws. */
  @Test
  void examplesFollowTheProcessAndItsParameterization() throws IOException {
    var components = SmallParts.penalised();
    Phase phase =
        Phase.of(
            "generator",
            batch -> {
              SDVariable xtp1 =
                  batch.diffuse(
                      batch.xt(),
                      batch.normal("noisier"),
                      t -> components.process().transition(t + 1));
              report(batch, "noisier", xtp1.sub(batch.xtp1()));
              SDVariable output = output(batch);
              SDVariable mean =
                  batch.affine(
                      output,
                      xtp1,
                      t -> components.parameterization().reverseStep(components.process(), t));
              SDVariable noise =
                  batch
                      .normal("reverse")
                      .mul(
                          batch.perTimestep(
                              t ->
                                  components
                                      .parameterization()
                                      .reverseStep(components.process(), t)
                                      .noise()));
              report(batch, "generated", mean.add(noise).sub(batch.reverseStep(output)));
              report(batch, "noise", noise);
              return output.mean();
            });
    try (TinyTraining training = new TinyTraining(new Options(), phase)) {
      for (int step = 0; step < 3; step++) {
        Map<String, Double> values = training.run(step);
        assertEquals(0, values.get("noisier"), 1e-10);
        assertEquals(0, values.get("generated"), 1e-10);
        assertTrue(values.get("noise") > 0);
      }
    }
  }

  private static void report(Batch batch, String column, SDVariable difference) {
    batch.report(column, batch.sameDiff().math().square(difference).mean());
  }

  @Test
  void microBatchesEqualTheWholeBatch() throws IOException {
    Phase penalised = discriminator(StepInterval.ALWAYS, batch -> withPenalty(batch, 2));
    Options options = new Options();
    try (TinyTraining whole = new TinyTraining(options, penalised, GENERATOR);
        TinyTraining parts = new TinyTraining(options.withShards(2), penalised, GENERATOR)) {
      for (int step = 0; step < 5; step++) {
        Map<String, Double> expected = whole.run(step);
        Map<String, Double> actual = parts.run(step);
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach(
            (column, value) ->
                assertEquals(value, actual.get(column), 1e-4 * (1 + Math.abs(value)), column));
      }
      for (String network : List.of("generator", "discriminator")) {
        assertArrayEquals(whole.weights(network), parts.weights(network), 1e-5f, network);
      }
    }
  }

  @Test
  void clipsLongGradientsAndReportsTheirNorm() throws IOException {
    Options plain = new Options().withOptimiser(DESCENT).withRate(Ramp.constant(0.1));
    try (TinyTraining free = new TinyTraining(plain, GENERATOR);
        TinyTraining clipped = new TinyTraining(plain.withClip(0.01), GENERATOR);
        TinyTraining loose = new TinyTraining(plain.withClip(1e6), GENERATOR)) {
      float[] start = free.weights("generator");
      double norm = free.run(0).get("generator-gradient-norm");
      assertTrue(norm > 0.01, "norm " + norm);
      assertEquals(norm, clipped.run(0).get("generator-gradient-norm"));
      loose.run(0);
      double rate = 0.1;
      assertEquals(rate * norm, distance(start, free.weights("generator")), 1e-5);
      assertEquals(rate * 0.01, distance(start, clipped.weights("generator")), 1e-6);
      assertArrayEquals(free.weights("generator"), loose.weights("generator"));
    }
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.pow((double) a[i] - b[i], 2);
    }
    return Math.sqrt(sum);
  }

  @Test
  void reportsValuesPerExampleByTime() throws IOException {
    Phase timed =
        Phase.of(
            "generator",
            batch -> {
              batch.report("square", batch.sameDiff().math().square(batch.time()));
              batch.report("whole", batch.time().mean());
              for (int t = 0; t < 3; t++) {
                int only = t;
                batch.report("share-" + t, batch.perTimestep(time -> time == only ? 1 : 0).mean());
              }
              return output(batch).mean();
            });
    for (int shards : new int[] {1, 4}) {
      try (TinyTraining training = new TinyTraining(new Options().withShards(shards), timed)) {
        List<String> columns = training.step().columns();
        assertTrue(columns.containsAll(List.of("square-t0", "square-t1", "square-t2")));
        assertFalse(columns.contains("whole-t0"));
        for (int step = 0; step < 20; step++) {
          Map<String, Double> values = training.run(step);
          assertTrue(columns.containsAll(values.keySet()));
          for (int t = 0; t < 3; t++) {
            double expected = t * t;
            boolean isThere = values.get("share-" + t) > 0;
            assertEquals(isThere, values.containsKey("square-t" + t), "step " + step);
            if (isThere) {
              assertEquals(expected, values.get("square-t" + t), 1e-6);
            }
          }
          assertTrue(values.get("square") >= 0 && values.get("square") <= 4);
          assertTrue(values.containsKey("whole"));
        }
      }
    }
  }

  /** Times drawn here differ from those of the examples. */
  @Test
  void doesNotReportTimeIndependentValuesByTime() throws IOException {
    Phase timeless =
        Phase.of(
            "generator",
            batch -> {
              Inputs inputs = batch.inputs().with(Inputs.LATENT, batch.latent());
              SDVariable output =
                  batch.apply("generator", inputs.with(Inputs.XTP1, batch.normal("start")));
              batch.report("output", output.mean(1));
              return output.mean();
            });
    try (TinyTraining training = new TinyTraining(new Options(), timeless)) {
      assertTrue(training.step().columns().contains("output"));
      assertFalse(training.step().columns().contains("output-t0"));
      assertFalse(training.run(0).containsKey("output-t0"));
    }
  }

  @Test
  void phasesRunOnlyWhenDue() throws IOException {
    Phase rare = discriminator(new StepInterval(3), TrainingStepTest::discriminatorLoss);
    try (TinyTraining training = new TinyTraining(new Options(), rare, GENERATOR)) {
      for (int step = 0; step < 7; step++) {
        float[] before = training.weights("discriminator");
        Map<String, Double> values = training.run(step);
        boolean isDue = step % 3 == 0;
        assertEquals(isDue, values.containsKey("discriminator-loss"));
        assertEquals(isDue, values.containsKey("discriminator-gradient-norm"));
        assertEquals(isDue, !Arrays.equals(before, training.weights("discriminator")));
        assertTrue(values.containsKey("generator-loss"));
      }
      assertEquals(3, training.state().networks().get("discriminator").updates());
      assertEquals(7, training.state().networks().get("generator").updates());
    }
  }

  @Test
  void frozenParametersStay() throws IOException {
    for (Optimiser optimiser :
        List.of(
            new AdamW(Ramp.constant(0.9), Ramp.constant(0.99), 1e-8, Ramp.constant(1)),
            new Scribbling(1))) {
      try (TinyTraining training =
          new TinyTraining(new Options().withOptimiser(optimiser), GENERATOR, DISCRIMINATOR)) {
        float[] frequencies = training.parameter("generator", "frequencies");
        float[] weight = training.parameter("generator", "weight");
        training.run(0);
        training.run(1);
        assertArrayEquals(frequencies, training.parameter("generator", "frequencies"));
        assertFalse(Arrays.equals(weight, training.parameter("generator", "weight")));
      }
    }
  }

  @Test
  void optimisersMayOverwriteTheGradient() throws IOException {
    try (TinyTraining clean = new TinyTraining(still(DESCENT), GENERATOR, DISCRIMINATOR);
        TinyTraining scribbled =
            new TinyTraining(still(new Scribbling(0)), GENERATOR, DISCRIMINATOR)) {
      for (int step = 0; step < 3; step++) {
        assertEquals(clean.run(step), scribbled.run(step));
      }
    }
  }

  private static Options still(Optimiser optimiser) {
    return new Options().withOptimiser(optimiser).withRate(Ramp.constant(0)).withRateEnd(0);
  }

  /** Moves all weights equally and overwrites the gradient. */
  private record Scribbling(double by) implements Optimiser {

    @Override
    public List<String> stateNames() {
      return List.of();
    }

    @Override
    public void update(Update update) {
      update.weights().addi(by);
      update.gradient().assign(1e3);
    }
  }

  @Test
  void optimisersGetParametersAsViews() throws IOException {
    Options options = new Options().withRate(Ramp.constant(0.1));
    try (TinyTraining flat =
            new TinyTraining(options.withOptimiser(new Sgd(Ramp.constant(0.9), false)), GENERATOR);
        TinyTraining single = new TinyTraining(options.withOptimiser(new OneByOne()), GENERATOR)) {
      for (int step = 0; step < 4; step++) {
        flat.run(step);
        single.run(step);
      }
      assertArrayEquals(flat.weights("generator"), single.weights("generator"), 1e-6f);
    }
  }

  /** Gradient descent with momentum, parameter by parameter. */
  private record OneByOne() implements Optimiser {

    @Override
    public List<String> stateNames() {
      return List.of("velocity");
    }

    @Override
    public void update(Update update) {
      List<String> names = new ArrayList<>();
      for (Parameter parameter : update.parameters()) {
        names.add(parameter.name());
        var velocity = parameter.state().get("velocity");
        assertArrayEquals(parameter.weights().shape(), parameter.gradient().shape());
        assertArrayEquals(parameter.weights().shape(), velocity.shape());
        velocity.muli(0.9).addi(parameter.gradient());
        parameter.weights().subi(velocity.mul(update.learningRate()));
      }
      assertEquals(List.of("weight", "bias"), names, "the frequencies are fixed");
    }
  }

  @Test
  void constantLearningRatesDecayAndRampsAreKept() throws IOException {
    Options options = new Options().withRate(Ramp.constant(0.4)).withRateEnd(0.1);
    Ramp line = new Ramp(1, 0, Optional.of(10L), Ramp.Shape.LINEAR);
    Phase own =
        new Phase(
            "discriminator",
            "discriminator",
            StepInterval.ALWAYS,
            Optional.of(line),
            TrainingStepTest::discriminatorLoss);
    try (TinyTraining training = new TinyTraining(options, own, GENERATOR)) {
      long total = options.settings().steps();
      double third = 0.1 + 0.3 * 0.75;
      assertRates(training, 0, 1, 0.4);
      assertRates(training, total / 3, 0, third);
      assertRates(training, 5, 0.5, 0.1 + 0.15 * (1 + Math.cos(Math.PI * 5 / total)));
      assertRates(training, total / 2, 0, 0.25);
    }
    try (TinyTraining training = new TinyTraining(options.withRate(line), GENERATOR)) {
      assertEquals(0.8, training.run(2).get("generator-learning-rate"), 1e-12);
    }
  }

  private static void assertRates(
      TinyTraining training, long step, double discriminator, double generator) throws IOException {
    Map<String, Double> values = training.run(step);
    assertEquals(discriminator, values.get("discriminator-learning-rate"), 1e-12);
    assertEquals(generator, values.get("generator-learning-rate"), 1e-12);
  }

  @Test
  void averageFollowsTheGenerator() throws IOException {
    assertFollows(new Options().withEma(0.8), update -> 0.8);
  }

  @Test
  void averageWarmsUp() throws IOException {
    assertFollows(
        new Options().withEma(0.8).withWarmUp(),
        update -> Math.min(0.8, (1.0 + update) / (10 + update)));
  }

  @Test
  void averageSupportsAHalfLifeInExamples() throws IOException {
    assertFollows(
        new Options().withHalfLife(24), update -> Math.pow(0.5, TinyTraining.BATCH / 24.0));
  }

  private interface Decay {
    double of(int update);
  }

  private static void assertFollows(Options options, Decay decay) throws IOException {
    try (TinyTraining training =
        new TinyTraining(options.withOptimiser(DESCENT).withRate(Ramp.constant(1)), GENERATOR)) {
      double[] expected = doubles(training.weights("generator"));
      assertArrayEquals(expected, doubles(training.average()));
      for (int update = 0; update < 5; update++) {
        training.run(update);
        float[] weights = training.weights("generator");
        double kept = decay.of(update);
        for (int i = 0; i < expected.length; i++) {
          expected[i] = kept * expected[i] + (1 - kept) * weights[i];
        }
        assertArrayEquals(expected, doubles(training.average()), 1e-5);
      }
    }
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  @Test
  void lossesMayUseTheAverage() throws IOException {
    Phase follow =
        Phase.of(
            "generator",
            batch -> {
              Inputs given =
                  batch
                      .inputs()
                      .with(Inputs.XTP1, batch.xtp1())
                      .with(Inputs.LATENT, batch.latent());
              SDVariable distance = output(batch).sub(batch.applyDetached("ema", given));
              SDVariable squared = batch.sameDiff().math().square(distance.sub(0.1)).mean();
              batch.report("distance", batch.sameDiff().math().square(distance).mean());
              return squared;
            });
    try (TinyTraining training = new TinyTraining(new Options().withEma(0.99), follow)) {
      assertEquals(0, training.run(0).get("distance"), 1e-9);
      assertTrue(training.run(1).get("distance") > 1e-9, "the average lags");
    }
  }

  @Test
  void nonFiniteNumbersStopTheStepBeforeTheUpdate() throws IOException {
    Phase broken =
        Phase.of(
            "generator",
            batch -> {
              SDVariable loss = batch.sameDiff().math().log(output(batch).mul(0)).mean();
              batch.report("log", loss);
              return loss;
            });
    try (TinyTraining training = new TinyTraining(new Options(), broken)) {
      float[] before = training.weights("generator");
      NotFiniteException e = assertThrows(NotFiniteException.class, () -> training.run(4));
      assertTrue(e.getMessage().startsWith("log is -Infinity in step 5"));
      assertArrayEquals(before, training.weights("generator"));
    }
  }

  @Test
  void restoredStateResumesBitForBit() throws IOException {
    Options options =
        new Options()
            .withOptimiser(new Adam(Ramp.cosine(0.5, 0.9), Ramp.constant(0.9), 1e-8))
            .withWarmUp();
    Phase rare = discriminator(new StepInterval(2), batch -> withPenalty(batch, 4));
    try (TinyTraining whole = new TinyTraining(options, rare, GENERATOR);
        TinyTraining resumed = new TinyTraining(options, rare, GENERATOR)) {
      for (int step = 0; step < 3; step++) {
        whole.run(step);
      }
      resumed.run(9);
      resumed.state().restore(new Checkpoint(3, whole.state().save()), "test");
      for (int step = 3; step < 7; step++) {
        assertEquals(whole.run(step), resumed.run(step));
      }
      assertEquals(whole.values(), resumed.values());
    }
  }

  @Test
  void recordsShapeClassesAndUpdates() throws IOException {
    try (TinyTraining training = new TinyTraining(new Options(), GENERATOR, DISCRIMINATOR)) {
      training.run(0);
      training.run(1);
      Checkpoint saved = new Checkpoint(2, training.state().save());
      assertEquals(TinyTraining.SHAPE, TrainingState.shape(saved));
      assertEquals(0, TrainingState.classes(saved));
      assertEquals("2", saved.parts().get("generator").metadata().get("updates"));
    }
  }

  @Test
  void refusesACheckpointOfOtherNetworksUnchanged() throws IOException {
    try (TinyTraining both = new TinyTraining(new Options(), GENERATOR, DISCRIMINATOR);
        TinyTraining one = new TinyTraining(new Options(), ALONE)) {
      one.run(0);
      List<List<Float>> before = both.values();
      Checkpoint saved = new Checkpoint(1, one.state().save());
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> both.state().restore(saved, "the checkpoint"));
      assertTrue(e.getMessage().contains("no part discriminator"), e.getMessage());
      assertEquals(before, both.values());
    }
  }
}
