package io.ddgan.train.phase;

import io.ddgan.api.AdaptiveValue;
import io.ddgan.api.Augmentations;
import io.ddgan.api.Batch;
import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Inputs;
import io.ddgan.api.KebabCase;
import io.ddgan.api.Network;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.Parameterization;
import io.ddgan.api.Parameterization.Coefficients;
import io.ddgan.api.Phase;
import io.ddgan.api.Ramp;
import io.ddgan.api.RefusedException;
import io.ddgan.api.ScheduledValue;
import io.ddgan.api.StepInterval;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.graph.ForwardMode;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ReverseMode;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;

/** The graph of one phase's loss, for the steps in which some terms are due. */
final class PhaseGraph extends GraphInputs implements Batch {

  /** What the inputs of adaptive numbers are named, before the number's name. */
  static final String ADAPTIVE = "adaptive/";

  /** What the inputs of numbers by time are named, before a number. */
  static final String BY_TIME = "by-time/";

  private final Function<String, ParameterScope> parameters;
  private final Predicate<StepInterval> due;
  private final Set<String> followed;
  private final boolean isDeclaring;
  private final Map<String, ParameterScope> scopes = new LinkedHashMap<>();
  private final Set<StepInterval> intervals = new LinkedHashSet<>();
  private final Set<SDVariable> constants = new LinkedHashSet<>();
  private final Map<String, SDVariable> reports = new LinkedHashMap<>();
  private final Set<String> signals = new LinkedHashSet<>();
  private final Map<String, AdaptiveValue> adaptive = new LinkedHashMap<>();
  private final Map<List<Float>, String> tables = new LinkedHashMap<>();
  private final Map<String, SDVariable> diffused = new LinkedHashMap<>();
  private final Map<String, SDVariable> augmented = new LinkedHashMap<>();

  /**
   * A graph without a loss yet.
   *
   * @param parameters gives a network's parameters by its name, asked once for each
   * @param isDeclaring whether it is never run: see {@link #declaring}
   */
  PhaseGraph(
      ModelDefinition model,
      Graph graph,
      Function<String, ParameterScope> parameters,
      Predicate<StepInterval> due,
      Set<String> followed,
      boolean isDeclaring) {
    super(model, graph);
    this.parameters = parameters;
    this.due = due;
    this.followed = followed;
    this.isDeclaring = isDeclaring;
  }

  /** A graph with all terms that is never run: its networks say which parameters they have. */
  static PhaseGraph declaring(ModelDefinition model, Graph graph) {
    return new PhaseGraph(
        model, graph, graph::declare, interval -> interval.every() > 0, Set.of(), true);
  }

  /**
   * Makes something of a phase's loss.
   *
   * @throws RefusedException if the loss is not one that can be trained; the message says why
   * @throws ConfigurationException if a network cannot work on such batches; the message names it
   * @throws IllegalStateException if an operation cannot be built; the message names the phase
   */
  static <T> T building(Phase phase, Supplier<T> work) {
    try {
      return work.get();
    } catch (RefusedException | ConfigurationException | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) { // of ND4J above all, which knows neither phases nor networks
      throw new IllegalStateException(
          "the loss of the objective's phase %s cannot be built: %s"
              .formatted(phase.name(), Optional.ofNullable(e.getMessage()).orElseGet(e::toString)),
          e);
    }
  }

  /** The names of the networks that the loss uses. */
  Set<String> networks() {
    return scopes.keySet();
  }

  /** The cadences that the loss has asked for. */
  Set<StepInterval> intervals() {
    return intervals;
  }

  /** Variables through which no gradient flows. */
  Set<SDVariable> constants() {
    return constants;
  }

  /** What is reported, by column. */
  Map<String, SDVariable> reports() {
    return reports;
  }

  /** Columns of the signals that the loss gives. */
  Set<String> signals() {
    return signals;
  }

  /** The adaptive numbers that the loss uses, by name. */
  Map<String, AdaptiveValue> adaptive() {
    return adaptive;
  }

  /** Whether the loss augments anything. */
  boolean isAugmenting() {
    return !augmented.isEmpty();
  }

  private DiffusionProcess process() {
    return model().components().process();
  }

  @Override
  public SDVariable x0() {
    return input("data", (given, random) -> given.data(), shape().batch(size()));
  }

  @Override
  public SDVariable xt() {
    return diffused.computeIfAbsent(Inputs.XT, name -> diffuseToXt());
  }

  // The names of noise seed its stream: another name, and other numbers are drawn.
  private SDVariable diffuseToXt() {
    return diffuse(x0(), normal("cleaner"), t -> process().marginal(t));
  }

  /** From an x_t of its own, so that a derivative by {@link #xt} is without it. */
  @Override
  public SDVariable xtp1() {
    return diffused.computeIfAbsent(
        Inputs.XTP1,
        name -> diffuse(diffuseToXt(), normal("noisier"), t -> process().transition(t + 1)));
  }

  @Override
  public SDVariable normal(String name) {
    return normal(name, shape().dimensions().stream().mapToLong(Integer::longValue).toArray());
  }

  @Override
  public SDVariable normal(String name, long... each) {
    long[] shape = new long[each.length + 1];
    shape[0] = size();
    System.arraycopy(each, 0, shape, 1, each.length);
    int size = Math.toIntExact(LongStream.of(each).reduce(1, Math::multiplyExact));
    return input("normal/" + name, InputSource.normal(size), shape);
  }

  @Override
  public SDVariable uniform(String name) {
    InputSource source = (given, random) -> given.each(t -> random.nextFloat());
    return input("uniform/" + name, source, perExample());
  }

  @Override
  public SDVariable perTimestep(IntToDoubleFunction value) {
    float[] table = new float[process().steps()];
    Float[] key = new Float[table.length];
    for (int t = 0; t < table.length; t++) {
      table[t] = (float) value.applyAsDouble(t);
      key[t] = table[t];
    }
    String name = tables.computeIfAbsent(Arrays.asList(key), k -> BY_TIME + tables.size());
    return input(name, (given, random) -> given.each(t -> table[t]), perExample());
  }

  @Override
  public SDVariable number(Ramp ramp) {
    if (ramp.isConstant()) {
      return sameDiff().constant(Nd4j.scalar(graph().dataType(), ramp.from()));
    }
    InputSource source =
        (given, random) -> new float[] {(float) ramp.at(given.step(), given.total())};
    return input("ramp/" + ramp, source, 1).sum();
  }

  @Override
  public SDVariable number(String name, ScheduledValue amount) {
    if (amount instanceof Ramp ramp) {
      return number(ramp);
    }
    requireColumn(name);
    AdaptiveNumbers.declare(name, (AdaptiveValue) amount, adaptive);
    return given(ADAPTIVE + name, 1).sum();
  }

  @Override
  public boolean isDue(StepInterval interval) {
    intervals.add(interval);
    return due.test(interval);
  }

  @Override
  public SDVariable apply(String network, Inputs inputs) {
    Network applied = model().network(network);
    ParameterScope scope = scopes.computeIfAbsent(network, parameters);
    return ModelDefinition.forward(network, applied, scope, inputs);
  }

  @Override
  public SDVariable stopGradient(SDVariable value) {
    SDVariable constant = sameDiff().identity(value);
    constants.add(constant);
    return constant;
  }

  @Override
  public SDVariable reverseStep(SDVariable output) {
    Parameterization parameterization = model().components().parameterization();
    Function<Integer, Coefficients> at = t -> parameterization.reverseStep(process(), t);
    SDVariable mean = affine(output, xtp1(), at::apply);
    return mean.add(normal("reverse").mul(perTimestep(t -> at.apply(t).noise())));
  }

  @Override
  public SDVariable augment(SDVariable x) {
    return augmented.computeIfAbsent(
        x.name(), name -> Augmentations.of(this, model().components().augmentations(), x));
  }

  /**
   * The penalty P(v) on v = d sum D / dx, whose gradient is that of a surrogate which needs first
   * derivatives only: with w = dP/dv held constant, dP/dtheta = d(w . v)/dtheta, and w . v is the
   * derivative of sum D along w, which forward mode gives.
   */
  @Override
  public SDVariable penalty(GradientPenalty penalty, SDVariable at, SDVariable logits) {
    if (isDeclaring) {
      return number(Ramp.constant(0)); // derivatives have no parameters of their own
    }
    Set<SDVariable> held = new LinkedHashSet<>(constants);
    held.remove(at);
    ReverseMode reverse = new ReverseMode(sameDiff());
    SDVariable v = reverse.gradients(logits.sum(), List.of(at), held).get(at);
    if (v == null) {
      throw new RefusedException(
          "a gradient penalty needs logits that depend on the examples at which it is taken");
    }
    SDVariable of = penalty.penalty(v.reshape(size(), shape().size()));
    SDVariable value = of.mul(number(penalty.weight()));
    SDVariable slope = reverse.gradients(value, List.of(v), Set.of()).get(v);
    SDVariable w = stopGradient(slope);
    SDVariable surrogate =
        new ForwardMode(sameDiff(), model().tangentRules()).product(logits, at, w, held).sum();
    return surrogate.add(stopGradient(value.sub(surrogate)));
  }

  @Override
  public void controlSignal(String column, SDVariable value) {
    requireColumn(column);
    signals.add(column);
    if (followed.contains(column)) {
      report(column, value);
    }
  }

  private static void requireColumn(String column) {
    if (!KebabCase.matches(column) || TimeRanges.part(column).isPresent()) {
      throw new RefusedException(
          "the objective reports a value named '%s': write it in kebab-case, without a time at its end"
              .formatted(column));
    }
  }

  @Override
  public void report(String column, SDVariable value) {
    requireColumn(column);
    if (reports.putIfAbsent(column, value) != null) {
      throw new RefusedException(
          "the objective reports two values named %s in one phase".formatted(column));
    }
  }
}
