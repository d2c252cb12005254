package io.ddgan.train.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.AdaptiveValue;
import io.ddgan.api.Batch;
import io.ddgan.api.Inputs;
import io.ddgan.api.Phase;
import io.ddgan.api.Ramp;
import io.ddgan.api.StepInterval;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.phase.AdaptiveValues;
import io.ddgan.train.phase.PhaseDraw;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;

/** Adaptive values over several steps. Each change is 0.2: 16 of 80 examples. */
class AdaptiveValuesTest {

  private static final double EXACT = 1e-12;
  private static final AdaptiveValue STRENGTH =
      new AdaptiveValue(0.5, Optional.of(0.5), 0, 1, 80, 2, "mood");

  private static SDVariable output(Batch batch) {
    return batch.apply(
        "generator",
        batch.inputs().with(Inputs.XTP1, batch.xtp1()).with(Inputs.LATENT, batch.latent()));
  }

  private static SDVariable logits(Batch batch) {
    return batch.apply(
        "discriminator",
        batch.inputs().with(Inputs.XT, batch.xt()).with(Inputs.XTP1, batch.xtp1()));
  }

  /** A generator with a signal computed from its output, trained with the adaptive value. */
  private static Phase following(AdaptiveValue number, Function<SDVariable, SDVariable> signal) {
    return Phase.of(
        "generator",
        batch -> {
          SDVariable output = output(batch);
          batch.controlSignal("mood", signal.apply(output));
          return output.mul(batch.number("strength", number)).mean();
        });
  }

  private static Phase always(double signal) {
    return following(STRENGTH, output -> output.mean().mul(0).add(signal));
  }

  private static List<Double> values(TinyTraining training, int first, int steps)
      throws IOException {
    List<Double> values = new ArrayList<>();
    for (int step = first; step < first + steps; step++) {
      values.add(training.run(step).get("strength"));
    }
    return values;
  }

  private static void assertMoves(double signal, double... expected) throws IOException {
    try (TinyTraining training = new TinyTraining(new Options(), always(signal))) {
      List<Double> values = values(training, 0, expected.length);
      for (int step = 0; step < expected.length; step++) {
        assertEquals(expected[step], values.get(step), EXACT, "step " + step);
      }
    }
  }

  @Test
  void growsWhileTheSignalIsAboveTheTarget() throws IOException {
    assertMoves(0.75, 0.5, 0.5, 0.7, 0.7, 0.9, 0.9, 1, 1, 1);
  }

  @Test
  void fallsWhileTheSignalIsBelowTheTarget() throws IOException {
    assertMoves(-1, 0.5, 0.5, 0.3, 0.3, 0.1, 0.1, 0, 0, 0);
  }

  @Test
  void staysWhileTheSignalIsOnTarget() throws IOException {
    assertMoves(0.5, 0.5, 0.5, 0.5, 0.5, 0.5);
  }

  /** The signal is 3 in even steps and -1 in odd ones: its mean is above the target of 0.5. */
  @Test
  void followsAndReportsTheMeanOfTheSignal() throws IOException {
    AdaptiveValue slow = new AdaptiveValue(0.5, Optional.empty(), 0, 1, 80, 2, "mood");
    Phase phase =
        Phase.of(
            "generator",
            batch -> {
              double signal = batch.isDue(new StepInterval(2)) ? 3 : -1;
              batch.controlSignal("mood", output(batch).mean(1).mul(0).add(signal));
              return output(batch).mul(batch.number("strength", slow)).mean();
            });
    try (TinyTraining training = new TinyTraining(new Options(), phase)) {
      Map<String, Double> first = training.run(0);
      Map<String, Double> second = training.run(1);
      assertEquals(3, first.get("mood"), 1e-6);
      assertEquals(0, first.get("strength"), EXACT);
      assertEquals(-1, second.get("mood"), 1e-6);
      assertEquals(0, second.get("strength"), EXACT);
      assertEquals(0.2, training.run(2).get("strength"), EXACT);
      assertTrue(training.step().columns().containsAll(List.of("mood", "strength")));
    }
  }

  @Test
  void allPhasesUseTheValueOfTheStep() throws IOException {
    Phase giving =
        Phase.of(
            "discriminator",
            batch -> {
              SDVariable number = batch.number("strength", STRENGTH);
              batch.controlSignal("mood", logits(batch).mul(0).add(1));
              batch.report("seen-first", number);
              return logits(batch).mul(number).mean();
            });
    Phase using =
        Phase.of(
            "generator",
            batch -> {
              SDVariable number = batch.number("strength", STRENGTH);
              batch.report("seen-last", number);
              return output(batch).mul(number).mean();
            });
    try (TinyTraining training = new TinyTraining(new Options(), giving, using)) {
      for (double expected : new double[] {0.5, 0.5, 0.7, 0.7, 0.9}) {
        Map<String, Double> values = training.run(0);
        assertEquals(expected, values.get("strength"), EXACT);
        assertEquals(expected, values.get("seen-first"), 1e-6);
        assertEquals(expected, values.get("seen-last"), 1e-6);
      }
    }
  }

  @Test
  void ignoresStepsWithoutTheSignal() throws IOException {
    Phase rare =
        new Phase(
            "discriminator",
            "discriminator",
            new StepInterval(3),
            Optional.empty(),
            batch -> {
              batch.controlSignal("mood", logits(batch).mul(0).add(1));
              return logits(batch).mean();
            });
    Phase using =
        Phase.of(
            "generator", batch -> output(batch).mul(batch.number("strength", STRENGTH)).mean());
    try (TinyTraining training = new TinyTraining(new Options(), rare, using)) {
      List<Double> values = values(training, 0, 8);
      assertEquals(0.5, values.get(3), EXACT, "before the second signal, in step 3");
      assertEquals(0.7, values.get(4), EXACT);
      assertEquals(0.7, values.get(7), EXACT);
    }
  }

  @Test
  void followsAReportedColumn() throws IOException {
    AdaptiveValue number = new AdaptiveValue(-1e9, Optional.empty(), 0, 1, 80, 1, "generator-loss");
    Phase phase =
        Phase.of(
            "generator",
            batch -> {
              SDVariable loss = output(batch).mean(1).mul(batch.number("strength", number));
              batch.report("generator-loss", loss);
              return loss;
            });
    try (TinyTraining training = new TinyTraining(new Options(), phase)) {
      assertEquals(List.of(0.0, 0.1, 0.2), values(training, 0, 3));
    }
  }

  @Test
  void doesNotReportAnUnusedSignal() throws IOException {
    Phase phase =
        Phase.of(
            "generator",
            batch -> {
              batch.controlSignal("mood", output(batch).mean());
              return output(batch).mul(batch.number("strength", Ramp.constant(2))).mean();
            });
    try (TinyTraining training = new TinyTraining(new Options(), phase)) {
      assertFalse(training.step().columns().contains("mood"));
      assertFalse(training.step().columns().contains("strength"));
      assertFalse(training.run(0).containsKey("mood"));
      assertFalse(training.state().save().containsKey(AdaptiveValues.PART));
    }
  }

  @Test
  void microBatchesAdaptLikeTheWholeBatch() throws IOException {
    Phase phase = following(STRENGTH, output -> output.mean(1));
    try (TinyTraining whole = new TinyTraining(new Options(), phase);
        TinyTraining parts = new TinyTraining(new Options().withShards(4), phase)) {
      assertEquals(values(whole, 0, 8), values(parts, 0, 8));
    }
  }

  @Test
  void drawsMadeAheadMakeNoDifference() throws IOException {
    Phase phase = following(STRENGTH, output -> output.mean(1));
    try (TinyTraining one = new TinyTraining(new Options(), phase);
        TinyTraining ahead = new TinyTraining(new Options(), phase)) {
      List<Map<String, PhaseDraw>> draws = new ArrayList<>();
      for (int step = 0; step < 6; step++) {
        draws.add(ahead.draw(step));
      }
      for (int step = 0; step < 6; step++) {
        assertEquals(one.run(step), ahead.step().run(step, draws.get(step)));
      }
      assertEquals(one.values(), ahead.values());
    }
  }

  @Test
  void resumesBitForBit() throws IOException {
    AdaptiveValue odd = new AdaptiveValue(0.5, Optional.of(1.0 / 3), 0, 1, 77, 3, "mood");
    Phase phase = following(odd, output -> output.mean(1));
    try (TinyTraining whole = new TinyTraining(new Options(), phase);
        TinyTraining resumed = new TinyTraining(new Options(), phase)) {
      for (int step = 0; step < 5; step++) { // to the middle between two updates
        whole.run(step);
        resumed.run(9 + step);
      }
      resumed.state().restore(new Checkpoint(5, whole.state().save()), "test");
      for (int step = 5; step < 12; step++) {
        assertEquals(whole.run(step), resumed.run(step));
      }
      assertEquals(whole.values(), resumed.values());
    }
  }

  @Test
  void startsFromACheckpointWithoutTheNumber() throws IOException {
    try (TinyTraining training = new TinyTraining(new Options(), always(1))) {
      Map<String, Safetensors> saved = new TreeMap<>(training.state().save());
      saved.remove(AdaptiveValues.PART);
      assertEquals(0.9, values(training, 0, 5).get(4), EXACT);
      training.state().restore(new Checkpoint(0, saved), "test");
      assertEquals(0.5, training.state().numbers().value("strength"), EXACT);
    }
  }

  @Test
  void listsTheSignalsIfOneIsUnknown() {
    AdaptiveValue lost = new AdaptiveValue(0.5, Optional.empty(), 0, 1, 80, 2, "moon");
    assertEquals(
        "objective: the adaptive value strength follows the signal moon, which this objective lacks;"
            + " set its monitor to one of [mood]",
        error(following(lost, SDVariable::mean)));
  }

  private static String error(Phase... phases) {
    return assertThrows(
            RuntimeException.class, () -> new TinyTraining(new Options(), phases).close())
        .getMessage();
  }
}
