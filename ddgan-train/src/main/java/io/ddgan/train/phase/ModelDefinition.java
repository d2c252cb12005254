package io.ddgan.train.phase;

import io.ddgan.api.AdaptiveValue;
import io.ddgan.api.Augmentations;
import io.ddgan.api.DataShape;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.Phase;
import io.ddgan.api.RefusedException;
import io.ddgan.api.TangentRule;
import io.ddgan.config.ConfigurationException;
import io.ddgan.engine.Engine;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterLayout;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * An objective with its components, for batches of examples of one shape.
 *
 * @param tangentRules forward-mode rules in addition to the built-in ones, by operation name
 * @param shape shape of one example, as the networks see it
 * @param classes number of classes of the data, 0 if it has none
 */
public record ModelDefinition(
    Objective objective,
    ObjectiveComponents components,
    Map<String, TangentRule> tangentRules,
    Engine engine,
    DataShape shape,
    int classes,
    int batch,
    Freeze freeze) {

  public ModelDefinition {
    tangentRules = Map.copyOf(tangentRules);
  }

  /** Returns a copy with another batch size. */
  public ModelDefinition withBatch(int size) {
    return new ModelDefinition(
        objective, components, tangentRules, engine, shape, classes, size, freeze);
  }

  /** Returns a network by name; the EMA is a generator. */
  Network network(String name) {
    Map<String, Network> networks = objective.networks(components);
    Network network = networks.get(name.equals(Objective.EMA) ? Objective.GENERATOR : name);
    if (network == null) {
      throw new RefusedException(
          "the objective uses a network named %s, but has only %s"
              .formatted(name, networks.keySet()));
    }
    return network;
  }

  /** Adds a network to the graph. */
  static SDVariable forward(
      String name, Network network, ParameterScope parameters, Inputs inputs) {
    try {
      return Objects.requireNonNull(
          network.forward(parameters, inputs), () -> network + " returned null from forward");
    } catch (RefusedException e) {
      throw ConfigurationException.of(name, e);
    }
  }

  /** Returns the phases of a step, each of which trains one network. */
  public List<Phase> phases() {
    return objective.phases(components);
  }

  /**
   * The parameters and adaptive values that the losses use.
   *
   * @param layouts parameters by network name; trained networks come first
   */
  public record Used(Map<String, ParameterLayout> layouts, Map<String, AdaptiveValue> numbers) {

    public Used {
      layouts = Collections.unmodifiableMap(new LinkedHashMap<>(layouts));
      numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }
  }

  /**
   * Returns what the losses use.
   *
   * @throws ConfigurationException if a network does not support such batches, no signal has the
   *     name that an adaptive value follows, or the objective ignores the augmentations; the
   *     message names the key
   */
  public Used used() {
    Graph graph = new Graph(DataType.FLOAT, batch, shape, classes, true);
    Set<String> trained = new LinkedHashSet<>();
    Map<String, AdaptiveValue> numbers = new LinkedHashMap<>();
    Set<String> measured = new TreeSet<>();
    boolean isAugmenting = components.augmentations().isEmpty();
    for (Phase phase : phases()) {
      PhaseGraph batch = PhaseGraph.declaring(this, graph);
      SDVariable unused = PhaseGraph.building(phase, () -> phase.loss().apply(batch));
      if (!batch.networks().contains(phase.trains())) {
        throw new RefusedException(
            "the phase %s trains the network %s, but its loss uses only %s"
                .formatted(phase.name(), phase.trains(), batch.networks()));
      }
      trained.add(phase.trains());
      batch.adaptive().forEach((name, number) -> AdaptiveValues.declare(name, number, numbers));
      isAugmenting |= batch.isAugmenting();
      measured.addAll(batch.signals());
      measured.addAll(batch.reports().keySet());
    }
    if (!isAugmenting) {
      throw ConfigurationException.of(
          Augmentations.NAME, "this objective augments no examples; set augmentation = []");
    }
    requireSignals(numbers, measured);
    Set<String> networks = new LinkedHashSet<>(trained);
    networks.addAll(objective.networks(components).keySet());
    networks.retainAll(graph.declared().keySet());
    Map<String, ParameterLayout> layouts = new LinkedHashMap<>();
    networks.forEach(name -> layouts.put(name, graph.declared().get(name)));
    return new Used(freeze.of(layouts, trained), numbers);
  }

  private static void requireSignals(Map<String, AdaptiveValue> numbers, Set<String> measured) {
    numbers.forEach(
        (name, number) -> {
          if (!measured.contains(number.monitor())) {
            throw ConfigurationException.of(
                name.startsWith(Augmentations.NAME) ? Augmentations.NAME : "objective",
                "the adaptive value %s follows the signal %s, which this objective lacks; set its monitor to one of %s"
                    .formatted(name, number.monitor(), measured));
          }
        });
  }

  /** Returns the layout of the generator's parameters. */
  public ParameterLayout generatorLayout() {
    return generatorGraph().declared().get(Objective.GENERATOR);
  }

  /** Returns whether the generator is conditional. */
  public boolean isConditional() {
    return classes > 0 && generatorGraph().uses(Inputs.LABEL);
  }

  private Graph generatorGraph() {
    return SamplingGraph.evaluation(this, graph -> graph.declare(Objective.GENERATOR)).graph();
  }
}
