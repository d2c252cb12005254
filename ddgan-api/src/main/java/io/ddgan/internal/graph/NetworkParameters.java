package io.ddgan.internal.graph;

import io.ddgan.api.Initializer;
import io.ddgan.api.RefusedException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The parameters of a network as variables of a graph, by name: those of a layout that is known, or
 * those that the network asks for, in a graph that is never run.
 */
final class NetworkParameters {

  /**
   * Each makes the graph larger: a network of millions of layers would fill the memory before its
   * parameters could be counted. The largest of the presets has 800.
   */
  private static final int MOST = 20_000;

  private final Graph graph;
  private final String network;
  private final boolean isKnown;
  private final Map<String, ParameterLayout.Entry> entries = new LinkedHashMap<>();
  private final Map<String, SDVariable> variables = new LinkedHashMap<>();
  private long size;

  private NetworkParameters(
      Graph graph, String network, boolean isKnown, Collection<ParameterLayout.Entry> entries) {
    this.graph = graph;
    this.network = network;
    this.isKnown = isKnown;
    entries.forEach(entry -> this.entries.put(entry.name(), entry));
  }

  static NetworkParameters of(Graph graph, String network, ParameterLayout layout) {
    return new NetworkParameters(graph, network, true, layout.entries());
  }

  static NetworkParameters declared(Graph graph, String network) {
    return new NetworkParameters(graph, network, false, List.of());
  }

  String network() {
    return network;
  }

  ParameterLayout layout() {
    return new ParameterLayout(entries.values());
  }

  /** Those that the graph uses so far. */
  Map<String, SDVariable> variables() {
    return variables;
  }

  /** Those of them that training changes. */
  Map<String, SDVariable> trained() {
    Map<String, SDVariable> trained = new LinkedHashMap<>(variables);
    trained.keySet().removeIf(name -> !entries.get(name).isTrained());
    return trained;
  }

  /** A parameter by its full name. */
  SDVariable get(String name, Initializer initializer, boolean isTrained, long... shape) {
    OperationNames.beginAnew(graph.sameDiff());
    if (!isKnown && !entries.containsKey(name)) {
      add(name, initializer, isTrained, shape);
    }
    ParameterLayout.Entry entry = entry(name);
    if (!Arrays.equals(entry.dimensions(), shape)) {
      throw new RefusedException(
          "parameter %s has the shape %s, and is asked for with the shape %s"
              .formatted(name, entry.shape(), Arrays.toString(shape)));
    }
    return variables.computeIfAbsent(
        name, n -> graph.sameDiff().placeHolder(network + "/" + n, graph.dataType(), shape));
  }

  private ParameterLayout.Entry entry(String name) {
    ParameterLayout.Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("the network has no parameter named " + name);
    }
    return entry;
  }

  /**
   * Adds a parameter after the others.
   *
   * @throws RefusedException if there are too many, or too large ones to be counted
   */
  private void add(String name, Initializer initializer, boolean isTrained, long... shape) {
    if (entries.size() == MOST) {
      throw new RefusedException(
          "too many layers: the first %,d of its arrays of parameters hold %,d parameters, and a network can have no more arrays"
              .formatted(MOST, size));
    }
    try {
      if (LongStream.of(shape).anyMatch(length -> length < 1)) {
        throw new ArithmeticException("an int was too small on the way to a length");
      }
      var dimensions = LongStream.of(shape).boxed().toList();
      var entry = new ParameterLayout.Entry(name, dimensions, initializer, isTrained, size);
      size = Math.addExact(size, entry.size());
      entries.put(name, entry);
    } catch (ArithmeticException e) {
      throw new RefusedException(
          "too large: its parameter %s would have the shape %s"
              .formatted(name, Arrays.toString(shape)),
          e);
    }
  }

  /** As {@link io.ddgan.api.ParameterScope#dropout}; nothing is left out of a declared network. */
  SDVariable dropout(SDVariable x, double rate, long... shape) {
    Dropout.checkRate(rate);
    return isKnown ? graph.dropout(network, x, rate, shape) : x;
  }
}
