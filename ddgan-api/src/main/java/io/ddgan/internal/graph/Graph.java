package io.ddgan.internal.graph;

import io.ddgan.api.DataShape;
import io.ddgan.api.ParameterScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A SameDiff graph for one batch size, with inputs and the parameters of one or several networks.
 * Inputs and parameters are placeholders whose memory a {@link CompiledPlan} provides.
 */
public final class Graph {

  private final SameDiff sameDiff = SameDiff.create();
  private final DataType dataType;
  private final int batch;
  private final DataShape shape;
  private final int classes;
  private final boolean isTraining;
  private final Map<String, NetworkParameters> networks = new LinkedHashMap<>();
  private final Map<String, SDVariable> inputs = new LinkedHashMap<>();
  private final List<Dropout> dropouts = new ArrayList<>();
  private final Map<String, NetworkParameters> declared = new LinkedHashMap<>();

  /** Creates an empty graph for inference, without dropout. */
  public Graph(DataType dataType, int batch, DataShape shape) {
    this(dataType, batch, shape, 0, false);
  }

  /**
   * Creates an empty graph.
   *
   * @param dataType type of all floating-point variables: FLOAT, or DOUBLE for numerical checks
   * @param classes number of classes of the data, 0 if it has none
   * @param isTraining true to apply dropout
   */
  public Graph(DataType dataType, int batch, DataShape shape, int classes, boolean isTraining) {
    this.dataType = dataType;
    this.batch = batch;
    this.shape = shape;
    this.classes = classes;
    this.isTraining = isTraining;
  }

  /** Returns the SameDiff graph, to which operations are added. */
  public SameDiff sameDiff() {
    return sameDiff;
  }

  /** Returns the type of all floating-point variables. */
  public DataType dataType() {
    return dataType;
  }

  /** Returns the number of examples N in a batch. */
  public int batch() {
    return batch;
  }

  /** Returns the shape of one example. */
  public DataShape shape() {
    return shape;
  }

  /** Returns the number of classes of the data, 0 if it has none. */
  public int classes() {
    return classes;
  }

  /** Adds an input, to be written before every run of a plan. */
  public SDVariable input(String name, long... dimensions) {
    OperationNames.begin(sameDiff);
    SDVariable input = sameDiff.placeHolder(name, dataType, dimensions);
    inputs.put(name, input);
    return input;
  }

  /** Gives a variable a name without a scope prefix, for readers of exported graphs. */
  public SDVariable output(String name, SDVariable variable) {
    OperationNames.end(sameDiff);
    return sameDiff.identity(name, variable);
  }

  /** Adds a network's parameters; returns the scope to build the network with. */
  public ParameterScope network(String name, ParameterLayout layout) {
    NetworkParameters network = NetworkParameters.of(this, name, layout);
    if (networks.putIfAbsent(name, network) != null) {
      throw new IllegalArgumentException("the graph already has a network named " + name);
    }
    return new NetworkScope(this, "", network);
  }

  /** Returns a scope that records a network's parameters, in a graph that is never run. */
  public ParameterScope declare(String name) {
    return new NetworkScope(
        this, "", declared.computeIfAbsent(name, n -> NetworkParameters.declared(this, n)));
  }

  /** Returns the recorded parameters by network, see {@link #declare}. */
  public Map<String, ParameterLayout> declared() {
    Map<String, ParameterLayout> layouts = new LinkedHashMap<>();
    declared.forEach((name, each) -> layouts.put(name, each.layout()));
    return layouts;
  }

  /** Returns whether any operation uses an input. */
  public boolean uses(String input) {
    return inputs.containsKey(input)
        && !Optional.ofNullable(sameDiff.getVariables().get(input).getInputsForOp())
            .orElse(List.of())
            .isEmpty();
  }

  /** Returns the uses of dropout in order. */
  List<Dropout> dropouts() {
    return List.copyOf(dropouts);
  }

  /** Returns the parameters of a network that the graph uses so far. */
  public List<SDVariable> parameters(String name) {
    return List.copyOf(network(name).variables().values());
  }

  NetworkParameters network(String name) {
    NetworkParameters network = networks.get(name);
    if (network == null) {
      throw new IllegalArgumentException(
          "the graph has no network named %s, only %s".formatted(name, networks.keySet()));
    }
    return network;
  }

  List<NetworkParameters> networks() {
    return new ArrayList<>(networks.values());
  }

  Map<String, SDVariable> inputs() {
    return inputs;
  }

  /** Applies dropout to a variable of this shape, in training only. */
  SDVariable dropout(String network, SDVariable x, double rate, long... dimensions) {
    if (!isTraining || rate == 0) {
      return x;
    }
    String name = network + "/dropout-" + dropouts.size();
    int size = Math.toIntExact(LongStream.of(dimensions).reduce(1, Math::multiplyExact));
    dropouts.add(new Dropout(name, size, rate));
    return x.mul(input(name, dimensions));
  }
}
