package io.ddgan.app.estimate;

import io.ddgan.api.DataShape;
import io.ddgan.app.benchmark.Stopwatch;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.Batches;
import io.ddgan.train.data.InMemoryExamples;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.phase.Gaussian;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.phase.StepDraw;
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
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.Pointer;

/** The steps of a training on noise, with batches of a size of one's own. */
final class StepTimer implements AutoCloseable {

  private static final double MILLISECONDS = 1e3;

  /** Seconds for which short steps are timed: they become faster while Java compiles the code. */
  private static final double ENOUGH = 2;

  /** Seconds from which on a step is not repeated. */
  private static final double LONG = 8;

  /**
   * Repetitions that tell enough; weights that learn from the same noise for long get out of hand.
   */
  private static final int MOST = 200;

  /** Everything is due in this step. */
  private static final long WHOLE = 0;

  private final ModelDefinition model;
  private final long total;
  private final TrainingState state;
  private final RandomStreams random = new RandomStreams(0);
  private final TrainingStep step;
  private final Synthesis synthesis;

  /** Prepares the plans of an experiment for a state, which the steps change. */
  StepTimer(Setup setup, DataShape shape, int batch, TrainingState state) {
    this.state = state;
    this.model = setup.model(shape, state.classes()).withBatch(batch);
    this.total = setup.experiment().training().iterations();
    this.step = new TrainingStep(model, setup.experiment().training(), state);
    this.synthesis =
        new Synthesis(
            model,
            setup.coding(shape),
            setup.path().subList(0, 1),
            state.average(),
            Optional.of(step.workspace()));
  }

  /** Bytes of native memory of what has been prepared, without the state. */
  long bytes() {
    return step.bytes() + synthesis.bytes();
  }

  /** Does the steps. The first one touches the memory first, and counts only if it is long. */
  Cost measure() throws IOException {
    Map<Long, Double> shares = step.shares();
    Map<Long, StepDraw> draws = new LinkedHashMap<>();
    for (long number : shares.keySet()) {
      draws.put(number, draw(number));
    }
    Map<Long, List<Double>> times = new LinkedHashMap<>();
    draws.keySet().forEach(number -> times.put(number, new ArrayList<>()));
    double first = time(() -> step.run(WHOLE, draws.get(WHOLE)));
    if (first > LONG) {
      times.get(WHOLE).add(first);
      draws.remove(WHOLE);
    }
    double spent = 0;
    for (int i = 0; i * draws.size() < MOST && spent < ENOUGH && !draws.isEmpty(); i++) {
      for (Map.Entry<Long, StepDraw> draw : draws.entrySet()) {
        double seconds = time(() -> step.run(draw.getKey(), draw.getValue()));
        times.get(draw.getKey()).add(seconds);
        spent += seconds;
      }
    }
    double mean =
        shares.entrySet().stream()
            .mapToDouble(share -> share.getValue() * settled(times.get(share.getKey())))
            .sum();
    List<Double> evaluations = new ArrayList<>();
    for (spent = 0;
        evaluations.size() < MOST && spent < ENOUGH / 4;
        spent += evaluations.get(evaluations.size() - 1)) {
      evaluations.add(time(() -> synthesis.sample(random, 0, model.batch())));
    }
    return new Cost(
        model.batch(),
        mean,
        settled(times.get(WHOLE)),
        settled(evaluations),
        (double) (Pointer.physicalBytes() - state.bytes() - bytes()));
  }

  private static double settled(List<Double> times) {
    return Stopwatch.median(times.subList(times.size() / 2, times.size()));
  }

  private static double time(Runnable task) {
    return Stopwatch.milliseconds(task) / MILLISECONDS;
  }

  private StepDraw draw(long number) throws IOException {
    float[] noise = Gaussian.draw(random.stream("examples"), model.batch() * model.shape().size());
    InMemoryExamples examples = new InMemoryExamples(model.shape(), noise, Optional.empty());
    try (Readers readers =
        Readers.start()) { // bound to one core by now, which is enough for a draw
      Batches batches =
          new Batches(examples, readers, random, model.batch(), UnaryOperator.identity());
      return new StepDraws(batches, random, step.phases(), total).draw(number);
    }
  }

  @Override
  public void close() {
    synthesis.close();
    step.close();
  }
}
