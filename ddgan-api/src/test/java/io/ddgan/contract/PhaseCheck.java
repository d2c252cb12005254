package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.Phase;
import io.ddgan.api.TangentRule;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks the phases of an objective on one batch, with random weights in double precision. */
final class PhaseCheck implements AutoCloseable {

  private static final int BATCH = 4;
  private static final RandomStreams DROPOUT = new RandomStreams(12);
  private static final String LOSS = "loss";

  private final Objective objective;
  private final ObjectiveComponents components;
  private final Map<String, TangentRule> tangentRules;
  private final DataShape shape;
  private final int classes;
  private final boolean isDue;
  private final Map<String, ParameterSet> weights = new LinkedHashMap<>();

  /**
   * Determines the parameters of all networks.
   *
   * @param isDue true if all terms are due, false if none is
   */
  PhaseCheck(
      Objective objective,
      ObjectiveComponents components,
      Map<String, TangentRule> tangentRules,
      DataShape shape,
      int classes,
      boolean isDue) {
    this.objective = objective;
    this.components = components;
    this.tangentRules = tangentRules;
    this.shape = shape;
    this.classes = classes;
    this.isDue = isDue;
    Graph graph = graph();
    Set<String> names = new LinkedHashSet<>();
    Function<String, ParameterScope> declared =
        name -> {
          names.add(name);
          return graph.declare(name);
        };
    for (Phase phase : objective.phases(components)) {
      SDVariable unused = phase.loss().apply(batch(graph, Optional.empty(), declared));
    }
    for (String name : names) {
      ParameterSet set = ParameterSet.zeros(graph.declared().get(name), DataType.DOUBLE);
      NumericalGradient.randomise(set);
      weights.put(name, set);
    }
  }

  private Graph graph() {
    return new Graph(DataType.DOUBLE, BATCH, shape, classes, true);
  }

  private FixedBatch batch(
      Graph graph, Optional<List<INDArray>> held, Function<String, ParameterScope> scopes) {
    return new FixedBatch(graph, objective, components, tangentRules, scopes, isDue, held);
  }

  /** Returns the reported values and signals of a phase. */
  Set<String> columns(Phase phase) {
    FixedBatch batch = declared(phase);
    Set<String> columns = new LinkedHashSet<>(batch.reports().keySet());
    columns.addAll(batch.signals().keySet());
    return columns;
  }

  void assertUsesWhatItTrains(Phase phase) {
    Set<String> used = declared(phase).used();
    assertTrue(
        used.contains(phase.trains()),
        () ->
            "the phase %s trains the network %s, but its loss uses only %s"
                .formatted(phase.name(), phase.trains(), used));
  }

  private FixedBatch declared(Phase phase) {
    Graph graph = graph();
    FixedBatch batch = batch(graph, Optional.empty(), graph::declare);
    SDVariable unused = phase.loss().apply(batch);
    return batch;
  }

  void assertFinite(Phase phase) {
    Graph graph = graph();
    FixedBatch batch = batch(graph, Optional.empty(), scopes(graph));
    Map<String, SDVariable> all = new LinkedHashMap<>();
    all.put("the loss of the phase " + phase.name(), phase.loss().apply(batch));
    all.putAll(batch.reports());
    all.putAll(batch.signals());
    CompiledPlan.Builder builder = CompiledPlan.of(graph);
    all.forEach(builder::output);
    try (CompiledPlan plan = withWeights(builder, batch).build()) {
      plan.drawDropout(DROPOUT);
      plan.run();
      for (String name : all.keySet()) {
        INDArray value = plan.output(name);
        assertTrue(
            value.length() == 1 || (value.rank() == 1 && value.length() == BATCH),
            () -> "%s must be a scalar or have one number per example".formatted(name));
        assertTrue(
            DoubleStream.of(value.dup('c').data().asDouble()).allMatch(Double::isFinite),
            () -> "%s is %s".formatted(name, value));
      }
    }
  }

  void assertGradientEqualsDifferences(Phase phase) {
    List<INDArray> held = new ArrayList<>();
    try (ParameterSet gradient =
        ParameterSet.zeros(weights.get(phase.trains()).layout(), DataType.DOUBLE)) {
      differentiate(phase, gradient, held);
      assertTrue(
          gradient.flat().amaxNumber().doubleValue() > 0,
          () -> "the phase %s has no gradient".formatted(phase.name()));
      compare(phase, gradient, held);
    }
  }

  private void differentiate(Phase phase, ParameterSet gradient, List<INDArray> held) {
    Graph graph = graph();
    FixedBatch batch = batch(graph, Optional.empty(), scopes(graph));
    SDVariable loss = phase.loss().apply(batch).mean();
    CompiledPlan.Builder builder =
        CompiledPlan.of(graph).gradients(phase.trains(), loss, batch.blocked(), gradient);
    for (int i = 0; i < batch.constants().size(); i++) {
      builder.output("held/" + i, batch.constants().get(i));
    }
    try (CompiledPlan plan = withWeights(builder, batch).build()) {
      plan.drawDropout(DROPOUT);
      plan.run();
      for (int i = 0; i < batch.constants().size(); i++) {
        held.add(plan.output("held/" + i).dup('c'));
      }
    }
  }

  private void compare(Phase phase, ParameterSet gradient, List<INDArray> held) {
    Graph graph = graph();
    FixedBatch batch = batch(graph, Optional.of(held), scopes(graph));
    SDVariable loss = phase.loss().apply(batch).mean();
    try (CompiledPlan plan =
        withWeights(CompiledPlan.of(graph).output(LOSS, loss), batch).build()) {
      plan.drawDropout(DROPOUT);
      ParameterSet changed = weights.get(phase.trains());
      NumericalGradient.compare(
          changed.layout().entries().stream()
              .filter(ParameterLayout.Entry::isTrained)
              .map(entry -> place(entry.name(), phase, changed, gradient))
              .toList(),
          () -> {
            plan.run();
            return plan.output(LOSS).getDouble(0);
          });
    }
  }

  private static NumericalGradient.Place place(
      String name, Phase phase, ParameterSet weights, ParameterSet gradient) {
    return new NumericalGradient.Place(
        "%s of %s in the phase %s".formatted(name, phase.trains(), phase.name()),
        weights.view(name),
        gradient.view(name));
  }

  /** In sampling the generator gets only the conditioning inputs. */
  void assertSamplesWithTheTrainedParameters() {
    Graph graph = new Graph(DataType.DOUBLE, BATCH, shape, classes, false);
    FixedBatch conditions = batch(graph, Optional.empty(), graph::declare);
    SDVariable xtp1 = graph.input("start", shape.batch(BATCH));
    SDVariable unused =
        components
            .generator()
            .forward(
                graph.declare(Objective.GENERATOR), objective.generatorInputs(conditions, xtp1));
    assertEquals(
        shapes(weights.get(Objective.GENERATOR).layout()),
        shapes(graph.declared().get(Objective.GENERATOR)));
  }

  private static Map<String, List<Long>> shapes(ParameterLayout layout) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    layout.entries().forEach(entry -> shapes.put(entry.name(), entry.shape()));
    return shapes;
  }

  private Function<String, ParameterScope> scopes(Graph graph) {
    return name -> graph.network(name, weights.get(name).layout());
  }

  private CompiledPlan.Builder withWeights(CompiledPlan.Builder builder, FixedBatch batch) {
    batch.used().forEach(name -> builder.parameters(name, weights.get(name)));
    return builder;
  }

  @Override
  public void close() {
    weights.values().forEach(ParameterSet::close);
  }
}
