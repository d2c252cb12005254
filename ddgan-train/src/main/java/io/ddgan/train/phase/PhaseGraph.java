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

/** The graph of one phase's loss, for the steps with a given set of due terms. */
final class PhaseGraph extends GraphInputs implements Batch {

  /** Prefix of the names of adaptive values' inputs. */
  static final String ADAPTIVE = "adaptive/";

  /** Prefix of the names of inputs that depend on the time. */
  static final String BY_TIME = "by-time/";

  private final Function<String, ParameterScope> parameters;
  private final Predicate<StepInterval> due;
  private final Set<String> monitored;
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
   * Creates a graph without a loss.
   *
   * @param parameters returns a network's parameters by name; called once per network
   * @param isDeclaring true if the graph never runs, see {@link #declaring}
   */
  PhaseGraph(
      ModelDefinition model,
      Graph graph,
      Function<String, ParameterScope> parameters,
      Predicate<StepInterval> due,
      Set<String> monitored,
      boolean isDeclaring) {
    super(model, graph);
    this.parameters = parameters;
    this.due = due;
    this.monitored = monitored;
    this.isDeclaring = isDeclaring;
  }

  /** Creates a graph of all terms that never runs; building it declares the parameters. */
  static PhaseGraph declaring(ModelDefinition model, Graph graph) {
    return new PhaseGraph(
        model, graph, graph::declare, interval -> interval.every() > 0, Set.of(), true);
  }

  /**
   * Builds a phase's loss.
   *
   * @throws RefusedException if the loss cannot be trained
   * @throws ConfigurationException if a network does not support such batches; the message names it
   * @throws IllegalStateException if an operation cannot be built; the message names the phase
   */
  static <T> T building(Phase phase, Supplier<T> work) {
    try {
      return work.get();
    } catch (RefusedException | ConfigurationException | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) { // mostly from ND4J, without the phase
      throw new IllegalStateException(
          "the loss of the phase %s cannot be built: %s"
              .formatted(phase.name(), Optional.ofNullable(e.getMessage()).orElseGet(e::toString)),
          e);
    }
  }

  /** Returns the names of the networks that the loss uses. */
  Set<String> networks() {
    return scopes.keySet();
  }

  /** Returns the intervals that the loss has tested. */
  Set<StepInterval> intervals() {
    return intervals;
  }

  /** Returns the variables through which no gradient flows. */
  Set<SDVariable> constants() {
    return constants;
  }

  /** Returns the reported values, by column. */
  Map<String, SDVariable> reports() {
    return reports;
  }

  /** Returns the columns of the loss's control signals. */
  Set<String> signals() {
    return signals;
  }

  /** Returns the adaptive values that the loss uses, by name. */
  Map<String, AdaptiveValue> adaptive() {
    return adaptive;
  }

  /** Returns whether the loss augments examples. */
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

  // The names seed the streams of noise: renaming one changes the draws.
  private SDVariable diffuseToXt() {
    return diffuse(x0(), normal("cleaner"), t -> process().marginal(t));
  }

  /** Diffuses a separate copy of x_t, so derivatives by {@link #xt} exclude it. */
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
    AdaptiveValues.declare(name, (AdaptiveValue) amount, adaptive);
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
   * Adds the penalty P(v) on v = d sum D / dx. A surrogate with the same gradient needs first
   * derivatives only: with w = dP/dv held constant, dP/dtheta = d(w . v)/dtheta. Forward mode
   * computes w . v, the derivative of sum D along w.
   */
  @Override
  public SDVariable penalty(GradientPenalty penalty, SDVariable at, SDVariable logits) {
    if (isDeclaring) {
      return number(Ramp.constant(0)); // derivatives add no parameters
    }
    Set<SDVariable> held = new LinkedHashSet<>(constants);
    held.remove(at);
    ReverseMode reverse = new ReverseMode(sameDiff());
    SDVariable v = reverse.gradients(logits.sum(), List.of(at), held).get(at);
    if (v == null) {
      throw new RefusedException("a gradient penalty needs logits that depend on its examples");
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
    if (monitored.contains(column)) {
      report(column, value);
    }
  }

  private static void requireColumn(String column) {
    if (!KebabCase.matches(column) || TimeRanges.part(column).isPresent()) {
      throw new RefusedException(
          "the objective reports a value named '%s'; use kebab-case without a time suffix such as -t3"
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
