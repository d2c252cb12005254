package io.ddgan.internal.graph;

import io.ddgan.api.DataShape;
import io.ddgan.api.Initializer;
import io.ddgan.api.ParameterScope;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A scope within a network.
 *
 * @param prefix the scope's full name with a dot after it; empty at the root
 */
record NetworkScope(Graph graph, String prefix, NetworkParameters parameters)
    implements ParameterScope {

  @Override
  public SameDiff sameDiff() {
    return graph.sameDiff();
  }

  @Override
  public DataType dataType() {
    return graph.dataType();
  }

  @Override
  public int batch() {
    return graph.batch();
  }

  @Override
  public DataShape shape() {
    return graph.shape();
  }

  @Override
  public int classes() {
    return graph.classes();
  }

  @Override
  public ParameterScope child(String name) {
    return new NetworkScope(graph, prefix + name + ".", parameters);
  }

  @Override
  public SDVariable parameter(String name, Initializer initializer, long... shape) {
    return parameters.get(prefix + name, initializer, true, shape);
  }

  @Override
  public SDVariable frozenParameter(String name, Initializer initializer, long... shape) {
    return parameters.get(prefix + name, initializer, false, shape);
  }

  @Override
  public SDVariable dropout(SDVariable x, double rate, long... shape) {
    return parameters.dropout(x, rate, shape);
  }
}
