package io.ddgan.train.phase;

import io.ddgan.api.Phase;
import io.ddgan.api.RefusedException;
import io.ddgan.api.StepInterval;
import io.ddgan.engine.CallTime;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.internal.graph.Workspace;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.phase.InputSource.Given;
import java.math.BigInteger;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A phase, compiled once for every set of terms that can be due together. Gradients are averaged
 * over the micro-batches of a batch.
 */
public final class CompiledPhase implements AutoCloseable {

  /** Output of a plan: the objective's loss before it is averaged. */
  private static final String WRITTEN = "written";

  private final Phase phase;
  private final ModelDefinition microBatch;
  private final GradientAccumulator sum;
  private final Function<String, ParameterSet> weights;
  private final AdaptiveValues numbers;
  private final Workspace workspace;
  private final Set<StepInterval> intervals = new LinkedHashSet<>();
  private final Map<Set<StepInterval>, PhasePlan> variants = new LinkedHashMap<>();
  private final TimeRanges ranges;

  /**
   * Compiles a phase.
   *
   * @param weights returns a network's weights by name; they are read in every run
   * @param numbers the adaptive values, read in every run
   * @param sum splits batches into micro-batches and accumulates the gradient of the phase's
   *     network
   */
  public CompiledPhase(
      Phase phase,
      ModelDefinition model,
      Function<String, ParameterSet> weights,
      AdaptiveValues numbers,
      GradientAccumulator sum,
      Workspace workspace) {
    this.phase = phase;
    this.microBatch = model.withBatch(model.batch() / sum.shards());
    this.weights = weights;
    this.numbers = numbers;
    this.sum = sum;
    this.workspace = workspace;
    this.ranges = new TimeRanges(model.components().process().steps());
    try {
      // Includes every term, which reveals the intervals.
      PhasePlan allTerms = build(interval -> interval.every() > 0);
      variants.put(due(0), allTerms);
      int known;
      do { // a loss may test other intervals if one is not due
        known = intervals.size();
        for (long step : representatives()) {
          Set<StepInterval> due = due(step);
          if (!variants.containsKey(due)) {
            variants.put(due, build(due::contains));
          }
        }
      } while (intervals.size() > known);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Returns steps that cover every set of terms that can be due together. The terms due in a step
   * are those due at the least common multiple of their intervals.
   */
  private Set<Long> representatives() {
    Set<Long> steps = new LinkedHashSet<>(Set.of(Math.max(1L, phase.interval().every())));
    for (StepInterval interval : intervals) {
      if (interval.every() > 0) {
        for (long step : List.copyOf(steps)) {
          long divisor =
              BigInteger.valueOf(step).gcd(BigInteger.valueOf(interval.every())).longValue();
          steps.add(Math.multiplyExact(step / divisor, (long) interval.every()));
        }
      }
    }
    return steps;
  }

  private Set<StepInterval> due(long step) {
    return intervals.stream().filter(interval -> interval.isDue(step)).collect(Collectors.toSet());
  }

  private PhasePlan build(Predicate<StepInterval> due) {
    return PhaseGraph.building(phase, () -> compile(due));
  }

  private PhasePlan compile(Predicate<StepInterval> due) {
    Graph graph =
        new Graph(
            DataType.FLOAT, microBatch.batch(), microBatch.shape(), microBatch.classes(), true);
    PhaseGraph batch =
        new PhaseGraph(
            microBatch,
            graph,
            network -> graph.network(network, weights.apply(network).layout()),
            due,
            numbers.signals(),
            false);
    SDVariable written = phase.loss().apply(batch);
    SDVariable loss = written.mean();
    intervals.addAll(batch.intervals());
    CompiledPlan.Builder builder =
        CompiledPlan.of(graph)
            .on(microBatch.engine())
            .in(workspace)
            .output(PhasePlan.LOSS, loss)
            .output(WRITTEN, written);
    batch.networks().forEach(network -> builder.parameters(network, weights.apply(network)));
    batch.reports().forEach((column, value) -> builder.output(PhasePlan.output(column), value));
    CompiledPlan plan =
        builder.gradients(phase.trains(), loss, batch.constants(), sum.gradient()).build();
    requireNumbers("the loss of the phase " + phase.name(), WRITTEN, plan);
    for (String column : batch.reports().keySet()) {
      requireNumbers("the reported value " + column, PhasePlan.output(column), plan);
    }
    Map<String, InputSource> sources = new TreeMap<>(batch.sources());
    sources.keySet().retainAll(plan.used());
    Set<String> adaptive = new TreeSet<>(batch.adaptive().keySet());
    adaptive.removeIf(name -> !plan.used().contains(PhaseGraph.ADAPTIVE + name));
    return new PhasePlan(plan, sources, adaptive, List.copyOf(batch.reports().keySet()));
  }

  private void requireNumbers(String what, String output, CompiledPlan plan) {
    long[] shape = plan.shape(output);
    boolean isScalar = LongStream.of(shape).allMatch(dimension -> dimension == 1);
    if (!isScalar && !Arrays.equals(shape, new long[] {microBatch.batch()})) {
      plan.close();
      throw new RefusedException(
          "%s has the shape %s, but must be a scalar or have the shape [%d], one value per example; check the output shapes of the networks and losses"
              .formatted(what, Arrays.toString(shape), microBatch.batch()));
    }
  }

  /** Returns the phase. */
  public Phase phase() {
    return phase;
  }

  /** Returns the columns of the reported means. */
  public List<String> columns() {
    return variants.values().stream().flatMap(v -> v.reports().stream()).distinct().toList();
  }

  /** Returns the columns of the means by range of times, for values reported per example. */
  public List<String> columnsByTime() {
    return variants.values().stream()
        .flatMap(v -> v.reports().stream().flatMap(column -> columnsByTime(v, column).stream()))
        .distinct()
        .toList();
  }

  private List<String> columnsByTime(PhasePlan plan, String column) {
    return plan.isByTime(column, microBatch.batch()) ? ranges.columns(column) : List.of();
  }

  /** Returns the terms due in a step, which determine its work; empty if the phase is not due. */
  public Optional<Set<StepInterval>> terms(long step) {
    return phase.interval().isDue(step) ? Optional.of(due(step)) : Optional.empty();
  }

  /**
   * Draws the phase's inputs of a step.
   *
   * @param labels the class of each example; zeros where the data has none
   */
  PhaseDraw draw(long step, long total, float[] data, int[] labels, RandomStreams random) {
    RandomGenerator stream = random.stream(phase.name() + "/time", step);
    int[] times = new int[microBatch.batch() * sum.shards()];
    Arrays.setAll(times, i -> stream.nextInt(ranges.steps()));
    return draw(step, total, data, labels, times, Map.of(), random);
  }

  /**
   * Draws the phase's inputs of a step, with times and some inputs given.
   *
   * @param known values of inputs by name; the others are drawn
   */
  public PhaseDraw draw(
      long step,
      long total,
      float[] data,
      int[] labels,
      int[] times,
      Map<String, float[]> known,
      RandomStreams random) {
    String prefix = phase.name() + "/";
    Given given = new Given(step, total, data, labels, times);
    Map<String, float[]> inputs = new TreeMap<>(known);
    Map<String, InputSource> sources = variants.get(due(step)).sources();
    sources.forEach(
        (name, source) ->
            inputs.computeIfAbsent(
                name, n -> source.values(given, random.stream(prefix + n, step))));
    inputs.keySet().retainAll(sources.keySet());
    RandomStreams dropout = new RandomStreams(random.stream(prefix + "dropout", step).nextLong());
    return new PhaseDraw(times, inputs, dropout);
  }

  /** Computes the gradient of a step and returns the reported values by column. */
  public Map<String, Double> run(long step, PhaseDraw draw) {
    PhasePlan plan = variants.get(due(step));
    plan.set(numbers);
    FloatBuffer measured = FloatBuffer.allocate(plan.measured() * sum.ownShards());
    sum.add(
        shard -> {
          if (!plan.plan().isComplete()) {
            sum.gradient().flat().assign(0);
          }
          plan.run(draw, shard, measured);
        });
    FloatBuffer all = FloatBuffer.wrap(sum.gather(measured.array()));
    Map<String, ReportedMean> reports = new LinkedHashMap<>();
    for (String column : plan.reports()) {
      reports.put(column, new ReportedMean(ranges, columnsByTime(plan, column)));
    }
    double loss = 0;
    for (int shard = 0; shard < sum.shards(); shard++) {
      loss += all.get();
      for (Map.Entry<String, ReportedMean> report : reports.entrySet()) {
        float[] values = new float[plan.length(report.getKey())];
        all.get(values);
        report.getValue().add(values, sum.shards(), draw.times(), shard * microBatch.batch());
      }
    }
    Map<String, Double> values = new LinkedHashMap<>();
    reports.forEach((column, report) -> report.into(column, values));
    values.forEach((column, value) -> NotFiniteException.check(step, column, value));
    NotFiniteException.check(step, "the loss of the phase " + phase.name(), loss);
    return values;
  }

  /** Times the calls of the plan with the fewest terms due, on the inputs of its latest step. */
  public List<CallTime> profile(int repetitions) {
    Set<StepInterval> fewest =
        variants.keySet().stream().min(Comparator.comparingInt(Set::size)).orElseThrow();
    return variants.get(fewest).plan().profile(repetitions);
  }

  /** Returns the bytes of memory of the plans, without the shared workspace. */
  public long bytes() {
    return variants.values().stream().mapToLong(v -> v.plan().bytes()).sum();
  }

  @Override
  public void close() {
    new ArrayList<>(variants.values()).forEach(v -> v.plan().close());
  }
}
