package io.ddgan.app.estimate;

import io.ddgan.api.DataShape;
import io.ddgan.api.Metric;
import io.ddgan.api.RefusedException;
import io.ddgan.app.environment.MachineMemory;
import io.ddgan.config.ConfigurationException;
import io.ddgan.train.experiment.EvaluationSettings;
import io.ddgan.train.experiment.LeastMemory;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.picture.Pictures;
import io.ddgan.train.step.TrainingState;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.Pointer;

/**
 * Foretells the memory and time of a training from its own steps with small batches, as both grow
 * linearly with the batch. Where steps with whole batches are short, those are measured.
 */
final class Estimator {

  /** Seconds that a step may be expected to take. */
  private static final double LONGEST_STEP = 10;

  /** Steps' draws that the heap holds at once: in use, ready, being made, and as garbage. */
  private static final int DRAWS = 10;

  /** Arrays of a batch in a step's draws: real examples, and three for each phase. */
  private static final int ARRAYS = 3;

  /** Bytes by which Java's heap and compiled code grow after the first steps. */
  private static final long JAVA = 64L << 20;

  private final Setup setup;
  private final TrainingSettings settings;
  private final DataShape shape;
  private final int classes;
  private final MachineMemory machine;

  /** Bytes of the plans that have been prepared, by the batch: large ones take seconds. */
  private final Map<Integer, Long> plans = new HashMap<>();

  /** An estimator for an experiment on data of a shape, with classes or 0. */
  Estimator(Setup setup, DataShape shape, int classes, MachineMemory machine) {
    this.classes = classes;
    this.setup = setup;
    this.settings = setup.experiment().training();
    this.shape = shape;
    this.machine = machine;
  }

  /** Does a few steps, which takes a minute or two for large networks. */
  TrainingEstimate estimate() throws IOException {
    ModelDefinition model = setup.model(shape, classes);
    long least = learners(model);
    if (least > machine.available()) {
      return new TrainingEstimate(least, Optional.empty());
    }
    try (TrainingState state = TrainingState.initial(setup, model, shape)) {
      Cost idle = Cost.idle((double) (Pointer.physicalBytes() - state.bytes()));
      int smallest = sizes().filter(this::suits).findFirst().orElseThrow();
      Optional<Cost> first = measure(state, smallest);
      double room =
          (double) (machine.available() - state.bytes()) / plans(state, smallest) * smallest;
      Optional<Cost> cost =
          first.isEmpty() ? first : Optional.of(whole(state, idle, first.orElseThrow(), room));
      long memory =
          state.bytes()
              + wholePlans(state, smallest, room / 2)
              + DRAWS * draws()
              + Math.round(cost.orElse(idle).outside())
              + JAVA;
      return new TrainingEstimate(memory, cost.map(this::time));
    }
  }

  /** The cost of whole batches, from the smallest ones and the largest that are still fast. */
  private Cost whole(TrainingState state, Cost idle, Cost first, double room) throws IOException {
    int whole = settings.batch();
    Cost last = first;
    OptionalInt next = larger(idle, first, room);
    while (next.isPresent()) {
      last = measure(state, next.getAsInt()).orElseThrow();
      next = larger(first, last, room);
    }
    Cost start = last.batch() == first.batch() ? idle : first;
    return last.batch() == whole ? last : start.along(last, whole);
  }

  /** The largest batch whose steps are short on the line through two costs, and fit in memory. */
  private OptionalInt larger(Cost from, Cost to, double room) {
    return sizes()
        .filter(n -> n > to.batch() && n < room)
        .filter(n -> from.along(to, n).longest() < LONGEST_STEP)
        .filter(this::suits)
        .max();
  }

  /** Bytes of the plans for whole batches; the line fits batches that outweigh the weights. */
  private long wholePlans(TrainingState state, int smallest, double room) {
    int whole = settings.batch();
    if (plans.containsKey(whole)) {
      return plans(state, whole);
    }
    int[] sizes = sizes().filter(n -> n >= smallest && suits(n)).toArray();
    int larger = 0;
    while (larger < sizes.length - 1 && (larger == 0 || sizes[larger + 1] < room)) {
      larger++;
    }
    long plans = plans(state, sizes[larger]);
    if (sizes[larger] == whole) {
      return plans;
    }
    int smaller = sizes[larger - 1];
    return Math.round(
        Cost.line(smaller, (double) plans(state, smaller), sizes[larger], (double) plans, whole));
  }

  private long plans(TrainingState state, int batch) {
    if (!plans.containsKey(batch)) {
      try (StepTimer timer = new StepTimer(setup, shape, batch, state)) {
        plans.put(batch, timer.bytes());
      }
    }
    return plans.get(batch);
  }

  /** Does steps with batches of a size; empty if they do not fit in memory. */
  private Optional<Cost> measure(TrainingState state, int batch) throws IOException {
    try (StepTimer timer = new StepTimer(setup, shape, batch, state)) {
      plans.put(batch, timer.bytes());
      return state.bytes() + timer.bytes() > machine.available()
          ? Optional.empty()
          : Optional.of(timer.measure());
    }
  }

  /** Bytes of all networks' training without any batch. */
  private long learners(ModelDefinition model) {
    return Math.round(new LeastMemory(model, setup.used(model).layouts(), settings).networks());
  }

  /** Bytes of the draws of a step. */
  private long draws() {
    long phases = setup.experiment().objective().phases(setup).size();
    long each = ARRAYS * (long) shape.size() + setup.generator().latentSize();
    return settings.batch() * (shape.size() + phases * each) * Float.BYTES;
  }

  private IntStream sizes() {
    int whole = settings.batch();
    return IntStream.concat(
        LongStream.iterate(settings.shards(), n -> n < whole, n -> 2 * n)
            .mapToInt(Math::toIntExact),
        IntStream.of(whole));
  }

  /** Whether the networks take batches of a size; some divide them into groups. */
  private boolean suits(int batch) {
    try {
      learners(setup.model(shape, classes).withBatch(batch));
      return true;
    } catch (ConfigurationException | RefusedException e) { // of a network, or a loss
      return false;
    }
  }

  private TrainingEstimate.Time time(Cost cost) {
    return new TrainingEstimate.Time(
        cost.step(), settings.iterations() * cost.step() + evaluations() * cost.evaluation());
  }

  /** How often the whole training makes a batch for pictures and metrics. */
  private long evaluations() {
    long every = settings.sampleEvery();
    long pictures =
        every > 0 && Pictures.canShow(shape) ? (settings.iterations() + every - 1) / every : 0;
    long batches = pictures * batches(settings.sampleCount());
    return (batches + evaluated()) * setup.path().size();
  }

  /** Batches that evaluations generate, each metric looking at the same examples. */
  private long evaluated() {
    EvaluationSettings evaluation = setup.experiment().evaluation();
    int most = evaluation.metrics().stream().mapToInt(Metric::samples).max().orElse(0);
    int samples = most == 0 ? 0 : evaluation.samples().orElse(most);
    long times =
        evaluation.every() == 0
            ? 1
            : (settings.iterations() + evaluation.every() - 1) / evaluation.every();
    return times * batches(samples);
  }

  private long batches(int examples) {
    return (examples + settings.batch() - 1L) / settings.batch();
  }
}
