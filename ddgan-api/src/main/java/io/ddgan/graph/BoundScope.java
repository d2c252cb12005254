package io.ddgan.graph;

import io.ddgan.api.DataShape;
import io.ddgan.api.Initializer;
import io.ddgan.api.ParameterScope;
import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** Gives a network the parameters of a known layout. */
final class BoundScope implements ParameterScope {

  private final Graph graph;
  private final Graph.Network network;
  private final String prefix;

  BoundScope(Graph graph, Graph.Network network, String prefix) {
    this.graph = graph;
    this.network = network;
    this.prefix = prefix;
  }

  static void checkShape(ParameterLayout.Entry entry, long[] shape) {
    if (!Arrays.equals(entry.dimensions(), shape)) {
      throw new IllegalArgumentException(
          "parameter %s has the shape %s, and is asked for with the shape %s"
              .formatted(entry.name(), entry.shape(), Arrays.toString(shape)));
    }
  }

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
  public ParameterScope child(String name) {
    return new BoundScope(graph, network, prefix + name + ".");
  }

  @Override
  public SDVariable parameter(String name, Initializer initializer, long... shape) {
    ParameterLayout.Entry entry = network.layout().entry(prefix + name);
    checkShape(entry, shape);
    return graph.parameter(network, entry);
  }
}
