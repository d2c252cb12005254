package io.ddgan.app.benchmark;

import io.ddgan.api.DataShape;
import io.ddgan.api.Objective;
import io.ddgan.api.Sampler.Step;
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
import io.ddgan.train.phase.SamplerStepPlan;
import io.ddgan.train.phase.StepDraws;
import io.ddgan.train.sampling.SamplingLoop;
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
 * Times the parts of a training as it runs them: another thread prefetches batches, and a step
 * includes the update of weights, moments and average. The examples are noise; the penalty applies
 * to every second step.
 *
 * @param warmUp seconds of training before timing
 * @param repetitions timed repetitions of each task
 */
public record Benchmark(
    Setup setup, DataShape shape, int warmUp, int repetitions, Readers readers) {

  /** The key of the result with the breakdown of a step. */
  public static final String BREAKDOWN = "breakdown";

  private static final int AHEAD = 3;

  /** The minimum number of untimed runs of a task. */
  private static final int WARM_UP = 2;

  /**
   * Returns numbers of parameters, and medians in milliseconds.
   *
   * @param hasBreakdown true to include the breakdown of a step without R1
   */
  public Map<String, Object> run(boolean hasBreakdown) throws IOException, InterruptedException {
    RandomStreams random = new RandomStreams(0);
    int batch = setup.experiment().training().batchSize();
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
        SamplingLoop synthesis =
            new SamplingLoop(
                model, setup.codec(shape), setup.samplerSteps(), state.ema(), step.workspace());
        SamplerStepPlan generator =
            SamplerStepPlan.prepare(model, model.batch(), state.ema(), false, step.workspace());
        Prefetcher<Map<String, PhaseDraw>> draws =
            Prefetcher.start(readers, 0, AHEAD, draws(model, step, random)::draw)) {
      results.put("build_ms", Breakdown.rounded((System.nanoTime() - began) / 1e6));
      List<Double> plain = new ArrayList<>();
      List<Double> penalised = new ArrayList<>();
      long start = System.nanoTime();
      for (int round = 0; plain.size() < repetitions; round++) {
        Map<String, PhaseDraw> first = draws.next();
        double withPenalty = milliseconds(() -> step.run(0, first));
        Map<String, PhaseDraw> second = draws.next();
        double without = milliseconds(() -> step.run(1, second));
        if (round >= WARM_UP && System.nanoTime() - start >= TimeUnit.SECONDS.toNanos(warmUp)) {
          penalised.add(withPenalty);
          plain.add(without);
        }
      }
      results.put("step_ms", median(plain));
      results.put("step_r1_ms", median(penalised));
      float[] x = Gaussian.draw(random.stream("x"), batch * shape.size());
      float[] z =
          Gaussian.draw(random.stream("z"), batch * setup.experiment().generator().latentSize());
      Step first = setup.samplerSteps().get(0);
      results.put(
          "generator_forward_ms", median(() -> generator.evaluate(first, x, z, new int[batch], x)));
      results.put(
          "sample_%d_steps_ms".formatted(setup.components().process().steps()),
          median(() -> synthesis.sample(random, 0, batch)));
      if (hasBreakdown) {
        List<Breakdown> measurements = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
          draws.next();
          Map<String, PhaseDraw> draw = draws.next();
          double whole = milliseconds(() -> step.run(1, draw));
          measurements.add(new Breakdown(whole, step.profile(1)));
        }
        results.put(BREAKDOWN, Breakdown.middle(measurements).toMap());
      }
    }
    return results;
  }

  private StepDraws draws(ModelDefinition model, TrainingStep step, RandomStreams random) {
    float[] noise = Gaussian.draw(random.stream("examples"), 4 * model.batch() * shape.size());
    Batches batches =
        new Batches(
            new InMemoryExamples(shape, noise, Optional.empty()),
            readers,
            random,
            model.batch(),
            UnaryOperator.identity());
    return new StepDraws(batches, random, step.phases(), setup.experiment().training().steps());
  }

  /** Runs a task untimed, then timed. */
  private double median(Runnable task) {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < WARM_UP + repetitions; i++) {
      times.add(milliseconds(task));
    }
    return median(times.subList(WARM_UP, times.size()));
  }

  private static double median(List<Double> times) {
    List<Double> sorted = times.stream().sorted().toList();
    int n = sorted.size();
    return Breakdown.rounded((sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2);
  }

  private static double milliseconds(Runnable task) {
    long start = System.nanoTime();
    task.run();
    return (System.nanoTime() - start) / 1e6;
  }
}
