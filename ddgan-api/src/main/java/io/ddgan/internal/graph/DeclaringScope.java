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
final class DeclaringScope extends GraphScope {

  private final String network;
  private final Declared declared;

  DeclaringScope(Graph graph, String network) {
    this(graph, network, "", new Declared());
  }

  private DeclaringScope(Graph graph, String network, String prefix, Declared declared) {
    super(graph, prefix);
    this.network = network;
    this.declared = declared;
  }

  /** What all scopes of a network have declared. */
  private static final class Declared {

    /**
     * Each makes the graph larger: a network of millions of layers would fill the memory before its
     * parameters could be counted. The largest of the presets has 800.
     */
    private static final int MOST = 20_000;

    private final Map<String, ParameterLayout.Entry> entries = new LinkedHashMap<>();
    private final Map<String, SDVariable> variables = new LinkedHashMap<>();
    private long size;

    /**
     * Adds a parameter after the others.
     *
     * @throws RefusedException if there are too many, or too large ones to be counted
     */
    void add(String name, Initializer initializer, boolean isTrained, long... shape) {
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
  }

  ParameterLayout layout() {
    return new ParameterLayout(declared.entries.values());
  }

  @Override
  public ParameterScope child(String name) {
    return new DeclaringScope(graph(), network, fullName(name) + ".", declared);
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
    if (!declared.entries.containsKey(fullName)) {
      declared.add(fullName, initializer, isTrained, shape);
      declared.variables.put(
          fullName, sameDiff().placeHolder(network + "/" + fullName, dataType(), shape));
    }
    checkShape(declared.entries.get(fullName), shape);
    return declared.variables.get(fullName);
  }
}
