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
 * The parameters of a network as variables of a graph, by name: from a known layout, or recorded
 * from the network in a graph that is never run.
 */
final class NetworkParameters {

  /**
   * Limit for the number of parameter arrays: a network of millions of layers would exhaust the
   * memory before its parameters are counted. The largest preset has 800.
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

  /** Returns the parameters that the graph uses so far. */
  Map<String, SDVariable> variables() {
    return variables;
  }

  /** Returns the used parameters that are trained. */
  Map<String, SDVariable> trained() {
    Map<String, SDVariable> trained = new LinkedHashMap<>(variables);
    trained.keySet().removeIf(name -> !entries.get(name).isTrained());
    return trained;
  }

  /** Returns a parameter by its full name. */
  SDVariable get(String name, Initializer initializer, boolean isTrained, long... shape) {
    OperationNames.begin(graph.sameDiff());
    if (!isKnown && !entries.containsKey(name)) {
      add(name, initializer, isTrained, shape);
    }
    ParameterLayout.Entry entry = entry(name);
    if (!Arrays.equals(entry.dimensions(), shape)) {
      throw new RefusedException(
          "parameter %s has the shape %s, but is used with the shape %s"
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
   * @throws RefusedException if there are too many, or their sizes overflow
   */
  private void add(String name, Initializer initializer, boolean isTrained, long... shape) {
    if (entries.size() == MOST) {
      throw new RefusedException(
          "too many layers: the first %,d parameter arrays hold %,d parameters, and a network can have no more arrays"
              .formatted(MOST, size));
    }
    try {
      if (LongStream.of(shape).anyMatch(length -> length < 1)) {
        throw new ArithmeticException("int overflow in a length");
      }
      var dimensions = LongStream.of(shape).boxed().toList();
      var entry = new ParameterLayout.Entry(name, dimensions, initializer, isTrained, size);
      size = Math.addExact(size, entry.size());
      entries.put(name, entry);
    } catch (ArithmeticException e) {
      throw new RefusedException(
          "too large: parameter %s would have the shape %s".formatted(name, Arrays.toString(shape)),
          e);
    }
  }

  /** Applies {@link io.ddgan.api.ParameterScope#dropout}, except in a declared network. */
  SDVariable dropout(SDVariable x, double rate, long... shape) {
    Dropout.checkRate(rate);
    return isKnown ? graph.dropout(network, x, rate, shape) : x;
  }
}
