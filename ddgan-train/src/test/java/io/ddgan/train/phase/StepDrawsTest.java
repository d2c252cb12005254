package io.ddgan.train.phase;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Batch;
import io.ddgan.api.DataShape;
import io.ddgan.api.Inputs;
import io.ddgan.api.Labels;
import io.ddgan.api.Objective;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.Phase;
import io.ddgan.api.ProcessGroup;
import io.ddgan.api.Ramp;
import io.ddgan.api.StepInterval;
import io.ddgan.contract.SmallParts;
import io.ddgan.engine.Engine;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.internal.graph.Workspace;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.Batches;
import io.ddgan.train.data.Readers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

class StepDrawsTest {

  private static final DataShape SHAPE = DataShape.point(2);
  private static final int BATCH = 8;
  private static final int CLASSES = 3;
  private static final long TOTAL = 100;

  private static final Phase FIRST = phase("first", StepInterval.ALWAYS, StepDrawsTest::plain);
  private static final Phase SECOND = phase("second", StepInterval.ALWAYS, StepDrawsTest::noisy);

  private final Readers readers = Readers.start();
  private final List<AutoCloseable> opened = new ArrayList<>(List.of(readers));

  @AfterEach
  void close() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  @Test
  void drawsDependOnTheSeedAndTheStepOnly() throws IOException {
    StepDraws draws = draws(1, 1, FIRST, SECOND);
    Map<String, PhaseDraw> fifth = draws.draw(5);
    draws.draw(2);
    assertSame(fifth, draws.draw(5));
    assertSame(fifth, draws(1, 1, FIRST, SECOND).draw(5));
  }

  @Test
  void drawsDifferBetweenSeedsAndSteps() throws IOException {
    Map<String, PhaseDraw> draw = draws(1, 1, SECOND).draw(5);
    for (Map<String, PhaseDraw> other :
        List.of(draws(2, 1, SECOND).draw(5), draws(1, 1, SECOND).draw(6))) {
      for (String input : List.of("normal/a", "normal/b", "uniform/c", "data", Inputs.LATENT)) {
        assertFalse(
            Arrays.equals(input(draw, "second", input), input(other, "second", input)), input);
      }
    }
  }

  @Test
  void drawsOfAPhaseDoNotDependOnOtherPhases() throws IOException {
    Map<String, PhaseDraw> together = draws(1, 1, FIRST, SECOND).draw(5);
    Map<String, PhaseDraw> alone = draws(1, 1, SECOND).draw(5);
    assertEquals(Set.of("second"), alone.keySet());
    assertSame(alone.get("second"), together.get("second"));
  }

  @Test
  void phasesShareOnlyRealExamplesAndClasses() throws IOException {
    Phase other = phase("other", StepInterval.ALWAYS, StepDrawsTest::noisy);
    Map<String, PhaseDraw> draw = draws(1, 1, SECOND, other).draw(5);
    for (String input : List.of("data", Inputs.LABEL)) {
      assertArrayEquals(input(draw, "second", input), input(draw, "other", input), input);
    }
    for (String input : List.of("normal/a", "normal/b", "uniform/c", Inputs.TIME, Inputs.LATENT)) {
      assertFalse(Arrays.equals(input(draw, "second", input), input(draw, "other", input)), input);
    }
  }

  @Test
  void labelsAndTimeDependentInputsMatchTheExamples() throws IOException {
    Map<String, PhaseDraw> draw = draws(1, 1, SECOND).draw(5);
    float[] data = input(draw, "second", "data");
    float[] labels = input(draw, "second", Inputs.LABEL);
    float[] times = input(draw, "second", Inputs.TIME);
    float[] byTime = input(draw, "second", "by-time/0");
    for (int i = 0; i < BATCH; i++) {
      float[] row = new float[CLASSES];
      row[(int) data[2 * i] / 2 % CLASSES] = 1;
      assertArrayEquals(row, Arrays.copyOfRange(labels, CLASSES * i, CLASSES * (i + 1)));
      assertEquals(10 + times[i], byTime[i]);
      assertEquals(draw.get("second").times()[i], times[i]);
    }
  }

  @Test
  void drawsTimesUniformly() throws IOException {
    StepDraws draws = draws(1, 1, FIRST);
    int[] counts = new int[3];
    for (int step = 0; step < 75; step++) {
      for (int time : draws.draw(step).get("first").times()) {
        counts[time]++;
      }
    }
    for (int count : counts) {
      assertEquals(200, count, 60);
    }
  }

  @Test
  void drawsNormalAndUniformNumbers() throws IOException {
    StepDraws draws = draws(1, 1, SECOND);
    double squares = 0;
    double uniform = 0;
    for (int step = 0; step < 100; step++) {
      Map<String, PhaseDraw> draw = draws.draw(step);
      for (float value : input(draw, "second", "normal/a")) {
        squares += value * value / (100 * 2 * BATCH);
      }
      for (float value : input(draw, "second", "uniform/c")) {
        assertTrue(value >= 0 && value < 1);
        uniform += value / (100 * BATCH);
      }
    }
    assertEquals(1, squares, 0.15);
    assertEquals(0.5, uniform, 0.05);
  }

  @Test
  void evaluatesARampAtTheStep() throws IOException {
    StepDraws draws = draws(1, 1, SECOND);
    assertArrayEquals(new float[] {1}, ramp(draws.draw(0)));
    assertArrayEquals(new float[] {0.5f}, ramp(draws.draw(50)));
  }

  private static float[] ramp(Map<String, PhaseDraw> draw) {
    return draw.get("second").inputs().entrySet().stream()
        .filter(input -> input.getKey().startsWith("ramp/"))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @Test
  void doesNotDrawUnusedInputs() throws IOException {
    Set<String> inputs = draws(1, 1, FIRST).draw(0).get("first").inputs().keySet();
    assertEquals(Set.of("normal/a", Inputs.TIME, Inputs.LATENT, Inputs.LABEL), inputs);
  }

  @Test
  void drawsInputsOfATermOnlyWhenItIsDue() throws IOException {
    Phase lazy =
        phase(
            "lazy",
            StepInterval.ALWAYS,
            batch ->
                batch.isDue(new StepInterval(3))
                    ? plain(batch).add(batch.uniform("extra").mean())
                    : plain(batch));
    StepDraws draws = draws(1, 1, lazy);
    for (int step = 0; step < 7; step++) {
      assertEquals(
          step % 3 == 0,
          draws.draw(step).get("lazy").inputs().containsKey("uniform/extra"),
          "step " + step);
    }
  }

  @Test
  void drawsNothingForPhasesThatAreNotDue() throws IOException {
    StepDraws draws = draws(1, 1, FIRST, phase("rare", new StepInterval(4), StepDrawsTest::plain));
    assertEquals(Set.of("first", "rare"), draws.draw(4).keySet());
    assertEquals(Set.of("first"), draws.draw(5).keySet());
  }

  @Test
  void microBatchesHaveTheDrawsOfTheWholeBatch() throws IOException {
    assertSame(draws(1, 1, SECOND).draw(5), draws(1, 4, SECOND).draw(5));
  }

  private static SDVariable plain(Batch batch) {
    return batch.apply(
        Objective.GENERATOR,
        batch.inputs().with(Inputs.XTP1, batch.normal("a")).with(Inputs.LATENT, batch.latent()));
  }

  private static SDVariable noisy(Batch batch) {
    SDVariable mixed = batch.x0().mul(batch.uniform("c")).add(batch.normal("b"));
    return plain(batch)
        .add(mixed)
        .mul(batch.perTimestep(t -> 10 + t))
        .mul(batch.number(new Ramp(1, 0, Optional.empty(), Ramp.Shape.LINEAR)));
  }

  private static Phase phase(String name, StepInterval interval, Function<Batch, SDVariable> loss) {
    return new Phase(
        name, Objective.GENERATOR, interval, Optional.empty(), batch -> loss.apply(batch).mean());
  }

  /** Points {@code (2i, 2i + 1)} of the class i modulo 3. */
  private record Numbers() implements OpenDataset {

    @Override
    public DataShape shape() {
      return SHAPE;
    }

    @Override
    public int size() {
      return 50;
    }

    @Override
    public void read(int index, float[] out, int offset) {
      out[offset] = 2 * index;
      out[offset + 1] = 2 * index + 1;
    }

    @Override
    public Optional<Labels> labels() {
      return Optional.of(new Labels(CLASSES, index -> index % CLASSES));
    }
  }

  private StepDraws draws(long seed, int parts, Phase... phases) {
    ModelDefinition model =
        new ModelDefinition(
            new GeneratorAlone(List.of(phases)),
            SmallParts.penalised(),
            Map.of(),
            Engine.nd4j(),
            SHAPE,
            CLASSES,
            BATCH,
            Freeze.NOTHING);
    ParameterSet weights = ParameterSet.zeros(model.generatorLayout(), DataType.FLOAT);
    GradientAccumulator sum =
        new GradientAccumulator(parts, ProcessGroup.ALONE, model.generatorLayout());
    Workspace workspace = new Workspace();
    opened.addAll(List.of(weights, sum, workspace));
    List<CompiledPhase> compiled = new ArrayList<>();
    for (Phase phase : phases) {
      compiled.add(
          new CompiledPhase(
              phase, model, name -> weights, new AdaptiveValues(Map.of()), sum, workspace));
    }
    opened.addAll(compiled);
    Batches batches =
        new Batches(new Numbers(), readers, new RandomStreams(seed), BATCH, examples -> examples);
    return new StepDraws(batches, new RandomStreams(seed), compiled, TOTAL);
  }

  private static float[] input(Map<String, PhaseDraw> draw, String phase, String input) {
    return draw.get(phase).inputs().get(input);
  }

  private static void assertSame(Map<String, PhaseDraw> expected, Map<String, PhaseDraw> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, draw) -> assertSame(draw, actual.get(name)));
  }

  private static void assertSame(PhaseDraw expected, PhaseDraw actual) {
    assertArrayEquals(expected.times(), actual.times());
    assertEquals(expected.dropout(), actual.dropout());
    Map<String, float[]> inputs = new HashMap<>(expected.inputs());
    assertEquals(inputs.keySet(), actual.inputs().keySet());
    inputs.forEach((name, values) -> assertArrayEquals(values, actual.inputs().get(name), name));
  }
}
