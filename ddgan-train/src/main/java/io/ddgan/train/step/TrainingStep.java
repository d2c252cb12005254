package io.ddgan.train.step;

import io.ddgan.api.Objective;
import io.ddgan.api.Phase;
import io.ddgan.api.ProcessGroup;
import io.ddgan.api.RefusedException;
import io.ddgan.api.StepInterval;
import io.ddgan.engine.CallTime;
import io.ddgan.engine.Engine;
import io.ddgan.engine.Kernel;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.internal.graph.Workspace;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.phase.CompiledPhase;
import io.ddgan.train.phase.GradientAccumulator;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.phase.NotFiniteException;
import io.ddgan.train.phase.PhaseDraw;
import io.ddgan.train.run.MetricsCsv;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One training step: the phases of an objective, each followed by the update of its network, and
 * the EMA of the generator. Independent of any particular objective.
 */
public final class TrainingStep implements AutoCloseable {

  /** Name of the updates of weights and EMA in {@link #profile}. */
  public static final String OPTIMISER = "optimiser";

  /**
   * Below this number of parameters an update runs on the engine's threads: starting others takes
   * longer.
   */
  private static final long SMALL = 4_000_000;

  /** Steps after which the intervals of phases and terms nearly repeat. */
  private static final long CYCLE = 10_000;

  private final TrainingSettings settings;
  private final TrainingState state;
  private final Engine engine;
  private final Workspace workspace = new Workspace();
  private final Map<String, GradientAccumulator> sums = new LinkedHashMap<>();
  private final List<CompiledPhase> phases = new ArrayList<>();

  /** Prepares the plans of all phases, for training in a single process. */
  public TrainingStep(ModelDefinition model, TrainingSettings settings, TrainingState state) {
    this(model, settings, state, ProcessGroup.ALONE);
  }

  /**
   * Prepares the plans of all phases.
   *
   * @throws IllegalArgumentException if the losses cannot be compiled, or two columns of the
   *     metrics have the same name
   */
  public TrainingStep(
      ModelDefinition model,
      TrainingSettings settings,
      TrainingState state,
      ProcessGroup exchange) {
    this.settings = settings;
    this.state = state;
    this.engine = model.engine();
    try {
      for (Phase phase : model.phases()) {
        NetworkState learner = state.networks().get(phase.trains());
        GradientAccumulator sum =
            sums.computeIfAbsent(
                phase.trains(),
                name ->
                    new GradientAccumulator(
                        settings.microBatches(), exchange, learner.weights().layout()));
        phases.add(
            new CompiledPhase(phase, model, state::weights, state.numbers(), sum, workspace));
      }
      Set<String> names =
          new HashSet<>(Set.of(MetricsCsv.STEP_COLUMN, MetricsCsv.SPEED, MetricsCsv.SECONDS));
      for (String column : columns()) {
        if (!names.add(column)) {
          throw new RefusedException(
              "the objective reports the column %s twice; rename one of them".formatted(column));
        }
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Returns the phases, for their draws. */
  public List<CompiledPhase> phases() {
    return List.copyOf(phases);
  }

  /**
   * Returns the columns of the metrics: means, gradient norms, learning rates, adaptive numbers,
   * and means by ranges of t.
   */
  public List<String> columns() {
    List<String> columns = new ArrayList<>();
    phases.forEach(phase -> columns.addAll(phase.columns()));
    phases.forEach(phase -> columns.add(normColumn(phase.phase())));
    phases.forEach(phase -> columns.add(rateColumn(phase.phase())));
    columns.addAll(state.numbers().values().keySet());
    phases.forEach(phase -> columns.addAll(phase.columnsByTime()));
    return columns;
  }

  private static String normColumn(Phase phase) {
    return phase.name() + "-gradient-norm";
  }

  private static String rateColumn(Phase phase) {
    return phase.name() + "-learning-rate";
  }

  /**
   * Runs the step.
   *
   * @return the metrics by column and the adaptive numbers that the step used, without terms and
   *     phases that were not due
   * @throws NotFiniteException if a loss or gradient is not finite; the network is not updated
   */
  public Map<String, Double> run(long step, Map<String, PhaseDraw> draw) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (CompiledPhase phase : phases) {
      PhaseDraw drawn = draw.get(phase.phase().name());
      if (drawn != null) {
        values.putAll(phase.run(step, drawn));
        runUpdate(phase.phase().trains(), () -> update(phase.phase(), step, values));
      }
    }
    Map<String, Double> numbers = state.numbers().values();
    state.numbers().follow(values, settings.batchSize());
    values.putAll(numbers);
    return values;
  }

  /** Runs small updates on the engine's threads, which wait for its next kernel. */
  private void runUpdate(String network, Kernel update) {
    if (sums.get(network).gradient().layout().size() < SMALL) {
      engine.run(List.of(update));
    } else {
      update.run();
    }
  }

  private void update(Phase phase, long step, Map<String, Double> values) {
    String network = phase.trains();
    ParameterSet gradient = sums.get(network).gradient();
    if (gradient.layout().size() == 0) {
      return; // a network without parameters is not updated
    }
    double norm = engine.norm(gradient.flat());
    NotFiniteException.requireGradient(step, "the network " + network, gradient, norm);
    settings
        .gradientClip()
        .map(clip -> settings.at(clip, step))
        .filter(longest -> norm > longest)
        .ifPresent(longest -> gradient.flat().muli(longest / norm));
    double rate =
        phase
            .learningRate()
            .map(ramp -> settings.at(ramp, step))
            .orElseGet(() -> settings.learningRate(network, step));
    NetworkState learner = state.networks().get(network);
    learner.update(engine, gradient, rate, ramp -> settings.at(ramp, step));
    if (network.equals(Objective.GENERATOR)) {
      engine.average(
          state.ema().flat(),
          learner.weights().flat(),
          settings.emaDecay(step, learner.updates() - 1, phase.interval().every()));
    }
    values.put(normColumn(phase), norm);
    values.put(rateColumn(phase), rate);
  }

  /**
   * Returns one step of each kind, by the phases and terms that are due, with its share of all
   * training steps.
   */
  public Map<Long, Double> shares() {
    long counted = Math.min(settings.steps(), CYCLE);
    Map<List<Optional<Set<StepInterval>>>, Long> first = new LinkedHashMap<>();
    Map<Long, Double> shares = new LinkedHashMap<>();
    for (long step = 0; step < counted; step++) {
      long i = step;
      var work = phases.stream().map(phase -> phase.terms(i)).toList();
      shares.merge(first.computeIfAbsent(work, w -> i), 1.0 / counted, Double::sum);
    }
    return shares;
  }

  /**
   * Times each native call of the latest step with the fewest terms. The weights do not change, but
   * the optimiser states and the EMA do.
   *
   * @param repetitions successive runs of each call; the fastest counts
   */
  public List<CallTime> profile(int repetitions) {
    List<CallTime> times = new ArrayList<>();
    for (CompiledPhase phase : phases) {
      times.addAll(phase.profile(repetitions));
      String network = phase.phase().trains();
      NetworkState learner = state.networks().get(network);
      ParameterSet gradient = sums.get(network).gradient();
      times.add(
          time(network, () -> learner.update(engine, gradient, 0, ramp -> settings.at(ramp, 0))));
    }
    ParameterSet generator = state.networks().get(Objective.GENERATOR).weights();
    times.add(
        time(Objective.GENERATOR, () -> engine.average(state.ema().flat(), generator.flat(), 0.5)));
    return times;
  }

  private CallTime time(String network, Kernel update) {
    List<Long> shape = List.of(state.networks().get(network).weights().flat().length());
    long start = System.nanoTime();
    runUpdate(network, update);
    return new CallTime(OPTIMISER, shape, 0, System.nanoTime() - start);
  }

  /**
   * Returns the workspace of the plans, to be shared with plans that run between steps and are made
   * before the first.
   */
  public Workspace workspace() {
    return workspace;
  }

  /** Returns the bytes of native memory of gradients and plans, without the state. */
  public long bytes() {
    return sums.values().stream().mapToLong(GradientAccumulator::bytes).sum()
        + workspace.bytes()
        + phases.stream().mapToLong(CompiledPhase::bytes).sum();
  }

  @Override
  public void close() {
    phases.forEach(CompiledPhase::close);
    workspace.close();
    sums.values().forEach(GradientAccumulator::close);
  }
}
