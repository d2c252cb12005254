package io.ddgan.graph;

import io.ddgan.api.Initializer;
import io.ddgan.api.ParameterScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;

/** Collects the parameters that a network asks for. */
final class DeclaringScope extends GraphScope {

  private final String network;
  private final Map<String, ParameterLayout.Entry> entries;
  private final Map<String, SDVariable> variables;

  DeclaringScope(Graph graph, String network) {
    this(graph, network, "", new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  private DeclaringScope(
      Graph graph,
      String network,
      String prefix,
      Map<String, ParameterLayout.Entry> entries,
      Map<String, SDVariable> variables) {
    super(graph, prefix);
    this.network = network;
    this.entries = entries;
    this.variables = variables;
  }

  ParameterLayout layout() {
    return new ParameterLayout(entries.values());
  }

  @Override
  public ParameterScope child(String name) {
    return new DeclaringScope(graph(), network, fullName(name) + ".", entries, variables);
  }

  @Override
  public SDVariable parameter(String name, Initializer initializer, long... shape) {
    return declare(name, initializer, true, shape);
  }

  @Override
  public SDVariable fixedParameter(String name, Initializer initializer, long... shape) {
    return declare(name, initializer, false, shape);
  }

  @Override
  public SDVariable dropout(SDVariable x, double rate, long... shape) {
    Dropout.checkRate(rate);
    return x;
  }

  private SDVariable declare(
      String name, Initializer initializer, boolean isTrained, long... shape) {
    OperationNames.beginAnew(sameDiff());
    String fullName = fullName(name);
    if (!entries.containsKey(fullName)) {
      long offset = entries.values().stream().mapToLong(ParameterLayout.Entry::size).sum();
      var dimensions = LongStream.of(shape).boxed().toList();
      entries.put(
          fullName,
          new ParameterLayout.Entry(fullName, dimensions, initializer, isTrained, offset));
      variables.put(fullName, sameDiff().placeHolder(network + "/" + fullName, dataType(), shape));
    }
    checkShape(entries.get(fullName), shape);
    return variables.get(fullName);
  }
}
