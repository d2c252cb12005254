package io.ddgan.app.estimate;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.graph.NativeMemory;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.Batches;
import io.ddgan.train.data.InMemoryExamples;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.phase.Gaussian;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.phase.PhaseDraw;
import io.ddgan.train.phase.StepDraws;
import io.ddgan.train.step.TrainingState;
import io.ddgan.train.step.TrainingStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.Pointer;

/**
 * An estimate of the cost of a training, from a few of its steps on noise.
 *
 * @param batch examples in a batch
 * @param seconds seconds per step without interruptions
 * @param memory bytes of memory of the process
 */
record Estimate(int batch, double seconds, double memory) {

  /** The longest step in seconds; for longer ones a smaller batch is measured. */
  private static final double LONGEST_STEP = 10;

  /** Nanoseconds to repeat steps, which get faster while Java compiles. */
  private static final long ENOUGH = 1_000_000_000;

  /** The maximum number of steps, as weights trained on the same noise diverge. */
  private static final int MOST_STEPS = 100;

  /**
   * Measures steps of the smallest batch and of the largest short one, and extrapolates linearly to
   * the full batch.
   *
   * @param classes number of classes of the data, 0 if it has none
   * @return the estimate; empty if even the smallest batch does not fit in memory
   */
  static Optional<Estimate> of(Setup setup, DataShape shape, int classes, NativeMemory machine)
      throws IOException {
    int whole = setup.experiment().training().batchSize();
    int least = setup.experiment().training().microBatches();
    List<Integer> batches =
        LongStream.iterate(least, batch -> batch < whole, batch -> batch * 2)
            .mapToObj(Math::toIntExact)
            .collect(Collectors.toCollection(ArrayList::new));
    batches.add(whole);
    ModelDefinition model = setup.model(shape, classes);
    try (TrainingState state = TrainingState.initial(setup, model, shape)) {
      Estimate idle = new Estimate(0, 0, (double) Pointer.physicalBytes());
      Optional<Estimate> smallest = Optional.empty();
      while (smallest.isEmpty() && !batches.isEmpty()) {
        smallest = measure(setup, model.withBatch(batches.remove(0)), state);
      }
      if (smallest.isEmpty()) {
        return smallest;
      }
      Estimate first = smallest.get();
      batches.removeIf(batch -> !idle.along(first, batch).isCheap(machine));
      Optional<Estimate> second = Optional.empty();
      if (!batches.isEmpty()) {
        int largest = batches.get(batches.size() - 1);
        second = measure(setup, model.withBatch(largest), state);
      }
      return Optional.of(
          second.map(larger -> first.along(larger, whole)).orElse(idle.along(first, whole)));
    }
  }

  /** Returns half of the memory, as other processes may use some. */
  private boolean isCheap(NativeMemory machine) {
    return seconds < LONGEST_STEP && memory < machine.left() / 2;
  }

  /** Extrapolates linearly from this and a larger batch to another. */
  private Estimate along(Estimate larger, int other) {
    double share = (other - larger.batch) / (double) (larger.batch - batch);
    return new Estimate(
        other,
        larger.seconds + share * Math.max(0, larger.seconds - seconds),
        larger.memory + share * Math.max(0, larger.memory - memory));
  }

  /** Runs steps; empty if they do not fit in memory, or the networks reject the batch size. */
  private static Optional<Estimate> measure(Setup setup, ModelDefinition model, TrainingState state)
      throws IOException {
    try (TrainingStep step = new TrainingStep(model, setup.experiment().training(), state)) {
      double mean = 0;
      for (Map.Entry<Long, Double> share : step.shares().entrySet()) {
        Map<String, PhaseDraw> draw = draw(share.getKey(), step, model, setup);
        List<Double> times = new ArrayList<>();
        long end = System.nanoTime() + ENOUGH;
        do {
          long began = System.nanoTime();
          step.run(share.getKey(), draw);
          times.add((System.nanoTime() - began) / 1e9);
          // the first step also compiles, and others may wait for other processes
        } while (times.size() < 2 || (System.nanoTime() < end && times.size() < MOST_STEPS));
        mean += share.getValue() * Collections.min(times);
      }
      return Optional.of(new Estimate(model.batch(), mean, (double) Pointer.physicalBytes()));
    } catch (ConfigurationException
        | RefusedException e) { // thrown by a network, a loss, or for lack of memory
      return Optional.empty();
    }
  }

  private static Map<String, PhaseDraw> draw(
      long number, TrainingStep step, ModelDefinition model, Setup setup) throws IOException {
    RandomStreams random = new RandomStreams(0);
    float[] noise = Gaussian.draw(random.stream("examples"), model.batch() * model.shape().size());
    InMemoryExamples examples = new InMemoryExamples(model.shape(), noise, Optional.empty());
    long total = setup.experiment().training().steps();
    // this thread is bound to one core, which is enough to draw noise
    try (Readers readers = Readers.start()) {
      Batches batches =
          new Batches(examples, readers, random, model.batch(), UnaryOperator.identity());
      return new StepDraws(batches, random, step.phases(), total).draw(number);
    }
  }
}
