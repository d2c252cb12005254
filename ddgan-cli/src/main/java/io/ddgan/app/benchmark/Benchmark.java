package io.ddgan.app.benchmark;

import io.ddgan.api.DataShape;
import io.ddgan.api.Objective;
import io.ddgan.api.Sampler.Evaluation;
import io.ddgan.engine.CallTime;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.Batches;
import io.ddgan.train.data.InMemoryExamples;
import io.ddgan.train.data.Prefetcher;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.phase.Gaussian;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.phase.PhaseDraw;
import io.ddgan.train.phase.SamplingStep;
import io.ddgan.train.phase.StepDraws;
import io.ddgan.train.sampling.Synthesis;
import io.ddgan.train.step.TrainingState;
import io.ddgan.train.step.TrainingStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Times what a training consists of, the way that training runs it: batches are drawn ahead by
 * another thread, and a step ends with the weights, moments and average updated.
 */
public final class Benchmark {

  private static final int AHEAD = 3;

  private final Setup setup;
  private final DataShape shape;
  private final int warmUp;
  private final int runs;
  private final Readers readers;
  private final RandomStreams random = new RandomStreams(0);
  private Optional<Breakdown> breakdown = Optional.empty();

  /**
   * Times an experiment, whose penalty applies to every second step, on noise of a shape.
   *
   * @param warmUp seconds of training before any run counts
   * @param runs of each kind that count
   */
  public Benchmark(Setup setup, DataShape shape, int warmUp, int runs, Readers readers) {
    this.setup = setup;
    this.shape = shape;
    this.warmUp = warmUp;
    this.runs = runs;
    this.readers = readers;
  }

  /** Numbers of parameters, and medians in milliseconds. */
  public Map<String, Object> run() throws IOException, InterruptedException {
    int batch = setup.experiment().training().batch();
    ModelDefinition model = setup.model(shape, 0);
    ModelDefinition.Used used = setup.used(model);
    Map<String, ParameterLayout> layouts = used.layouts();
    TrainingSettings settings = setup.experiment().training();
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("batch", batch);
    results.put("generator_parameters", layouts.get(Objective.GENERATOR).size());
    results.put("discriminator_parameters", layouts.get(Objective.DISCRIMINATOR).size());
    long began = System.nanoTime();
    try (TrainingState state =
            TrainingState.initial(model, used, shape, settings.optimiser(), random);
        TrainingStep step = new TrainingStep(model, settings, state);
        Synthesis synthesis =
            new Synthesis(
                model,
                setup.coding(shape),
                setup.path(),
                state.average(),
                Optional.of(step.workspace()));
        SamplingStep generator =
            SamplingStep.prepare(model, state.average(), Optional.of(step.workspace()));
        Prefetcher<Map<String, PhaseDraw>> draws =
            Prefetcher.start(readers, 0, AHEAD, draws(model, step, settings)::draw)) {
      results.put("build_ms", Stopwatch.rounded((System.nanoTime() - began) / 1e6));
      Stopwatch plain = new Stopwatch();
      Stopwatch penalised = new Stopwatch();
      long start = System.nanoTime();
      for (int round = 0; plain.count() < runs; round++) {
        boolean counts =
            round >= Stopwatch.WARM_UP
                && System.nanoTime() - start >= TimeUnit.SECONDS.toNanos(warmUp);
        Map<String, PhaseDraw> first = draws.next();
        penalised.time(() -> step.run(0, first), counts);
        Map<String, PhaseDraw> second = draws.next();
        plain.time(() -> step.run(1, second), counts);
      }
      results.put("step_ms", plain.median());
      results.put("step_r1_ms", penalised.median());
      List<Breakdown> measurements = new ArrayList<>();
      List<CallTime> alone = step.profile(runs);
      for (int i = 0; i < runs; i++) {
        draws.next();
        Map<String, PhaseDraw> draw = draws.next();
        double whole = Stopwatch.milliseconds(() -> step.run(1, draw));
        measurements.add(new Breakdown(whole, step.profile(1), alone));
      }
      breakdown = Optional.of(Breakdown.middle(measurements));
      float[] x = Gaussian.draw(random.stream("x"), batch * shape.size());
      float[] z =
          Gaussian.draw(random.stream("z"), batch * setup.experiment().generator().latentSize());
      Evaluation first = setup.path().get(0);
      results.put(
          "generator_forward_ms",
          Stopwatch.median(runs, () -> generator.evaluate(first, x, z, new int[batch], x)));
      results.put(
          "sample_%d_steps_ms".formatted(setup.parts().process().steps()),
          Stopwatch.median(runs, () -> synthesis.sample(random, 0, batch)));
    }
    return results;
  }

  /** Where the time of a step without R1 goes; known after the run. */
  public Breakdown breakdown() {
    return breakdown.orElseThrow();
  }

  private StepDraws draws(ModelDefinition model, TrainingStep step, TrainingSettings settings) {
    float[] noise = Gaussian.draw(random.stream("examples"), 4 * model.batch() * shape.size());
    Batches batches =
        new Batches(
            new InMemoryExamples(shape, noise, Optional.empty()),
            readers,
            random,
            model.batch(),
            UnaryOperator.identity());
    return new StepDraws(batches, random, step.phases(), settings.iterations());
  }
}
