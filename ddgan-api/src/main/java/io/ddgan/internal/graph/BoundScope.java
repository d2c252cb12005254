package io.ddgan.internal.graph;

import io.ddgan.api.Initializer;
import io.ddgan.api.ParameterScope;
import org.nd4j.autodiff.samediff.SDVariable;

/** Gives a network the parameters of a known layout. */
final class BoundScope extends GraphScope {

  private final Graph.NetworkVariables network;

  BoundScope(Graph graph, Graph.NetworkVariables network, String prefix) {
    super(graph, prefix);
    this.network = network;
  }

  @Override
  public ParameterScope child(String name) {
    return new BoundScope(graph(), network, fullName(name) + ".");
  }

  @Override
  public SDVariable parameter(String name, Initializer initializer, long... shape) {
    ParameterLayout.Entry entry = network.layout().entry(fullName(name));
    checkShape(entry, shape);
    return graph().parameter(network, entry);
  }

  @Override
  public SDVariable fixedParameter(String name, Initializer initializer, long... shape) {
    return parameter(name, initializer, shape);
  }

  @Override
  public SDVariable dropout(SDVariable x, double rate, long... shape) {
    return graph().dropout(network, x, rate, shape);
  }
}
