package io.ddgan.contract;

import io.ddgan.api.Augmentations;
import io.ddgan.api.Batch;
import io.ddgan.api.DataShape;
import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.Ramp;
import io.ddgan.api.ScheduledValue;
import io.ddgan.api.StepInterval;
import io.ddgan.api.TangentRule;
import io.ddgan.internal.graph.ForwardMode;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ReverseMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A batch with constant draws, for gradients or for differences. For differences, variables without
 * gradient have given values, and penalties have their real values instead of a surrogate with
 * their gradient.
 */
public final class FixedBatch implements Batch {

  private final Graph graph;
  private final ObjectiveComponents components;
  private final Map<String, Network> networks;
  private final Map<String, TangentRule> tangentRules;
  private final Function<String, ParameterScope> scopes;
  private final boolean isDue;
  private final Optional<List<INDArray>> held;
  private final FixedDraws draws;
  private final Map<String, SDVariable> drawn = new LinkedHashMap<>();
  private final Map<String, SDVariable> diffused = new LinkedHashMap<>();
  private final Map<String, ParameterScope> asked = new LinkedHashMap<>();
  private final List<SDVariable> constants = new ArrayList<>();
  private final Set<SDVariable> ofPenalties = new LinkedHashSet<>();
  private final Map<String, SDVariable> reports = new LinkedHashMap<>();
  private final Map<String, SDVariable> signals = new LinkedHashMap<>();

  /**
   * Creates a batch with all terms due, for networks without parameters.
   *
   * @param graph the graph to add the loss to
   */
  public FixedBatch(Graph graph, Objective objective, ObjectiveComponents components) {
    this(graph, objective, components, Map.of(), graph::declare, true, Optional.empty());
  }

  /**
   * Creates a batch.
   *
   * @param scopes returns the parameter scope of a network
   * @param isDue true if all terms are due, false if none is
   * @param held the values of variables without gradient, in order of use, for differences
   */
  FixedBatch(
      Graph graph,
      Objective objective,
      ObjectiveComponents components,
      Map<String, TangentRule> tangentRules,
      Function<String, ParameterScope> scopes,
      boolean isDue,
      Optional<List<INDArray>> held) {
    this.graph = graph;
    this.draws = new FixedDraws(graph.sameDiff(), graph.dataType(), graph.batch(), graph.shape());
    this.components = components;
    this.networks = objective.networks(components);
    this.tangentRules = tangentRules;
    this.scopes = scopes;
    this.isDue = isDue;
    this.held = held;
  }

  /** Returns the variables that the loss holds constant, in order of use. */
  List<SDVariable> constants() {
    return constants;
  }

  /** Returns all variables without gradient. */
  public Set<SDVariable> blocked() {
    Set<SDVariable> all = new LinkedHashSet<>(constants);
    all.addAll(ofPenalties);
    return all;
  }

  /** Returns the names of the networks that the loss uses. */
  Set<String> used() {
    return asked.keySet();
  }

  /** Returns the reported values, by column. */
  public Map<String, SDVariable> reports() {
    return reports;
  }

  /** Returns the additional signals for adaptive values, by column. */
  public Map<String, SDVariable> signals() {
    return signals;
  }

  @Override
  public SameDiff sameDiff() {
    return graph.sameDiff();
  }

  @Override
  public int size() {
    return graph.batch();
  }

  @Override
  public DataShape shape() {
    return graph.shape();
  }

  private double[] each(IntToDoubleFunction value) {
    return IntStream.range(0, size()).mapToDouble(value).toArray();
  }

  private int timeOf(int example) {
    return example % components.process().steps();
  }

  @Override
  public SDVariable time() {
    return drawn.computeIfAbsent(Inputs.TIME, name -> draws.constant(each(this::timeOf), size()));
  }

  @Override
  public SDVariable latent() {
    return draws.normal(Inputs.LATENT, size(), components.generator().latentSize());
  }

  @Override
  public Optional<SDVariable> label() {
    int classes = graph.classes();
    if (classes == 0) {
      return Optional.empty();
    }
    double[] rows = new double[size() * classes];
    for (int i = 0; i < size(); i++) {
      rows[i * classes + i % classes] = 1;
    }
    return Optional.of(
        drawn.computeIfAbsent(Inputs.LABEL, name -> draws.constant(rows, size(), classes)));
  }

  @Override
  public SDVariable zeros(String input) {
    SDVariable like =
        switch (input) {
          case Inputs.TIME -> time();
          case Inputs.LATENT -> latent();
          case Inputs.LABEL -> label().orElseGet(this::time);
          default -> x0();
        };
    return sameDiff().constant(Nd4j.zeros(graph.dataType(), like.getShape()));
  }

  @Override
  public SDVariable x0() {
    return normal("data");
  }

  @Override
  public SDVariable xt() {
    return diffused.computeIfAbsent(Inputs.XT, name -> diffuseToCleaner());
  }

  private SDVariable diffuseToCleaner() {
    return diffuse(x0(), normal("to cleaner"), process()::marginal);
  }

  /** Diffuses a separate x_t, so derivatives by {@link #xt} exclude it. */
  @Override
  public SDVariable xtp1() {
    return diffused.computeIfAbsent(
        Inputs.XTP1,
        name ->
            diffuse(diffuseToCleaner(), normal("to noisier"), t -> process().transition(t + 1)));
  }

  private DiffusionProcess process() {
    return components.process();
  }

  @Override
  public SDVariable normal(String name) {
    return draws.normal("normal/" + name);
  }

  @Override
  public SDVariable normal(String name, long... each) {
    long[] shape = LongStream.concat(LongStream.of(size()), LongStream.of(each)).toArray();
    return draws.normal("normal/" + name, shape);
  }

  @Override
  public SDVariable uniform(String name) {
    return draws.uniform("uniform/" + name);
  }

  @Override
  public SDVariable perTimestep(IntToDoubleFunction value) {
    return draws.constant(each(i -> value.applyAsDouble(timeOf(i))), draws.perExample());
  }

  @Override
  public SDVariable number(Ramp ramp) {
    return draws.number("ramp", ramp);
  }

  @Override
  public SDVariable number(String name, ScheduledValue amount) {
    return draws.number(name, amount);
  }

  @Override
  public boolean isDue(StepInterval interval) {
    return isDue && interval.every() > 0;
  }

  @Override
  public SDVariable apply(String network, Inputs inputs) {
    Network found = networks.get(network.equals(Objective.EMA) ? Objective.GENERATOR : network);
    if (found == null) {
      throw new AssertionError(
          "the loss uses a network named %s, but there is only %s"
              .formatted(network, networks.keySet()));
    }
    return found.forward(asked.computeIfAbsent(network, scopes), inputs);
  }

  @Override
  public SDVariable stopGradient(SDVariable value) {
    SDVariable constant = sameDiff().identity(value);
    constants.add(constant);
    return held.map(values -> sameDiff().constant(values.get(constants.size() - 1)))
        .orElse(constant);
  }

  @Override
  public SDVariable reverseStep(SDVariable output) {
    SDVariable mean =
        affine(output, xtp1(), t -> components.parameterization().reverseStep(process(), t));
    return mean.add(
        normal("reverse")
            .mul(
                perTimestep(t -> components.parameterization().reverseStep(process(), t).noise())));
  }

  @Override
  public SDVariable augment(SDVariable x) {
    return Augmentations.of(this, components.augmentations(), x);
  }

  @Override
  public SDVariable penalty(GradientPenalty penalty, SDVariable at, SDVariable logits) {
    ReverseMode reverse = new ReverseMode(sameDiff());
    SDVariable v = reverse.gradients(logits.sum(), List.of(at), Set.of()).get(at);
    if (v == null) {
      throw new AssertionError("the logits do not depend on the examples of the penalty");
    }
    SDVariable value =
        penalty.penalty(v.reshape(size(), shape().size())).mul(number(penalty.weight()));
    if (held.isPresent()) {
      return value;
    }
    SDVariable w = reverse.gradients(value, List.of(v), Set.of()).get(v);
    SDVariable surrogate =
        new ForwardMode(sameDiff(), tangentRules).product(logits, at, w, Set.of()).sum();
    SDVariable rest = value.sub(surrogate);
    ofPenalties.addAll(List.of(w, rest));
    return surrogate.add(rest);
  }

  @Override
  public void report(String column, SDVariable value) {
    if (reports.putIfAbsent(column, value) != null) {
      throw new AssertionError("the loss reports two values named " + column);
    }
  }

  @Override
  public void controlSignal(String column, SDVariable value) {
    if (signals.putIfAbsent(column, value) != null) {
      throw new AssertionError("the loss has two signals named " + column);
    }
  }
}
