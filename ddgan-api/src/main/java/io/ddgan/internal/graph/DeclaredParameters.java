package io.ddgan.internal.graph;

import io.ddgan.api.Initializer;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.RefusedException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;

/** Collects the parameters that a network asks for. */
final class DeclaredParameters implements NetworkScope.Parameters {

  /**
   * Each makes the graph larger: a network of millions of layers would fill the memory before its
   * parameters could be counted. The largest of the presets has 800.
   */
  private static final int MOST = 20_000;

  private final Graph graph;
  private final String network;
  private final Map<String, ParameterLayout.Entry> entries = new LinkedHashMap<>();
  private final Map<String, SDVariable> variables = new LinkedHashMap<>();
  private long size;

  DeclaredParameters(Graph graph, String network) {
    this.graph = graph;
    this.network = network;
  }

  ParameterScope scope() {
    return new NetworkScope(graph, "", this);
  }

  ParameterLayout layout() {
    return new ParameterLayout(entries.values());
  }

  @Override
  public SDVariable get(String name, Initializer initializer, boolean isTrained, long... shape) {
    OperationNames.beginAnew(graph.sameDiff());
    if (!entries.containsKey(name)) {
      add(name, initializer, isTrained, shape);
      variables.put(
          name, graph.sameDiff().placeHolder(network + "/" + name, graph.dataType(), shape));
    }
    NetworkScope.checkShape(entries.get(name), shape);
    return variables.get(name);
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

  @Override
  public SDVariable dropout(SDVariable x, double rate, long... shape) {
    Dropout.checkRate(rate);
    return x;
  }
}
