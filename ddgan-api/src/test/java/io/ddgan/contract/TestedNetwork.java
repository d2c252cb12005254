package io.ddgan.contract;

import io.ddgan.api.DataShape;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.ParameterScope;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network with the shapes of its inputs and output.
 *
 * @param shape shape of one example
 * @param classes number of classes, 0 for none
 * @param inputs shape of each input of one example, in addition to the time and the class
 * @param output shape of the output of one example; empty for a scalar
 */
record TestedNetwork(
    Network network,
    DataShape shape,
    int classes,
    Map<String, DataShape> inputs,
    List<Integer> output) {

  private static final String NETWORK = "network";
  private static final int TIMES = 4;

  /** Returns the parameters, determined with a number of examples. */
  ParameterLayout layout(int batch) {
    return ParameterLayout.of(
        shape,
        batch,
        classes,
        p -> {
          SDVariable unused =
              network.forward(
                  p,
                  inputs(
                      batch,
                      (name, dimensions) ->
                          p.sameDiff().placeHolder(name, p.dataType(), dimensions)));
        });
  }

  private Inputs inputs(int batch, BiFunction<String, long[], SDVariable> variable) {
    Map<String, long[]> dimensions = new LinkedHashMap<>();
    inputs.forEach((name, s) -> dimensions.put(name, s.batch(batch)));
    dimensions.put(Inputs.TIME, new long[] {batch});
    if (classes > 0) {
      dimensions.put(Inputs.LABEL, new long[] {batch, classes});
    }
    Inputs all = Inputs.none();
    for (Map.Entry<String, long[]> input : dimensions.entrySet()) {
      all = all.with(input.getKey(), variable.apply(input.getKey(), input.getValue()));
    }
    return all;
  }

  /** Adds the network with variables as inputs and with constant times and classes. */
  SDVariable forward(ParameterScope p, Map<String, SDVariable> variables) {
    int batch = p.batch();
    Map<String, INDArray> constants = new LinkedHashMap<>();
    constants.put(Inputs.TIME, Nd4j.createFromArray(times(0, batch)));
    constants.put(Inputs.LABEL, Nd4j.createFromArray(labels(0, batch)));
    return network.forward(
        p,
        inputs(
            batch,
            (name, dimensions) ->
                constants.containsKey(name)
                    ? p.sameDiff()
                        .constant(constants.get(name).reshape(dimensions).castTo(p.dataType()))
                    : variables.get(name)));
  }

  /**
   * Runs the network with random weights and without dropout on a range of examples.
   *
   * @return {@code [batch, ...output]}
   */
  INDArray run(DataType type, int first, int batch) {
    Graph graph = new Graph(type, batch, shape, classes, false);
    SDVariable output = add(graph, layout(1));
    try (ParameterSet weights = ParameterSet.zeros(layout(1), type);
        CompiledPlan plan =
            CompiledPlan.of(graph).parameters(NETWORK, weights).output("y", output).build()) {
      NumericalGradient.randomise(weights);
      fill(plan, first, batch);
      plan.run();
      return plan.output("y").dup('c');
    }
  }

  /** Returns the names of trained parameters that do not affect the output. */
  Set<String> idleParameters(int batch) {
    Graph graph = new Graph(DataType.DOUBLE, batch, shape, classes, false);
    SDVariable output = add(graph, layout(1));
    SDVariable loss = graph.sameDiff().math().square(output.add(1)).sum();
    try (ParameterSet weights = ParameterSet.zeros(layout(1), DataType.DOUBLE);
        ParameterSet gradient = ParameterSet.zeros(layout(1), DataType.DOUBLE);
        CompiledPlan plan =
            CompiledPlan.of(graph)
                .parameters(NETWORK, weights)
                .gradients(NETWORK, loss, Set.of(), gradient)
                .build()) {
      NumericalGradient.randomise(weights);
      fill(plan, 0, batch);
      plan.run();
      Set<String> idle = new LinkedHashSet<>();
      for (ParameterLayout.Entry entry : weights.layout().entries()) {
        if (entry.isTrained() && gradient.view(entry.name()).amaxNumber().doubleValue() == 0) {
          idle.add(entry.name());
        }
      }
      return idle;
    }
  }

  private SDVariable add(Graph graph, ParameterLayout layout) {
    return network.forward(graph.network(NETWORK, layout), inputs(graph.batch(), graph::input));
  }

  private void fill(CompiledPlan plan, int first, int batch) {
    inputs.forEach(
        (name, s) -> {
          double[] values = new double[batch * s.size()];
          for (int i = 0; i < batch; i++) {
            var random = new RandomStreams(first + i).stream(name);
            for (int j = 0; j < s.size(); j++) {
              values[i * s.size() + j] = random.nextGaussian();
            }
          }
          plan.input(name).assign(Nd4j.createFromArray(values).reshape(s.batch(batch)));
        });
    plan.input(Inputs.TIME).assign(Nd4j.createFromArray(times(first, batch)));
    if (classes > 0) {
      plan.input(Inputs.LABEL)
          .assign(Nd4j.createFromArray(labels(first, batch)).reshape(batch, classes));
    }
  }

  /** Returns the shape of the output of one example. */
  long[] outputDimensions() {
    return output.stream().mapToLong(Integer::longValue).toArray();
  }

  /** Returns the times of consecutive examples, cycling through the integers. */
  private static double[] times(int first, int batch) {
    double[] times = new double[batch];
    Arrays.setAll(times, i -> (first + i) % TIMES);
    return times;
  }

  /** Returns the one-hot classes of consecutive examples, cycling through all classes. */
  private double[] labels(int first, int batch) {
    double[] rows = new double[batch * classes];
    for (int i = 0; i < batch && classes > 0; i++) {
      rows[i * classes + (first + i) % classes] = 1;
    }
    return rows;
  }

  @Override
  public String toString() {
    return classes == 0 ? network.toString() : network + " with classes";
  }
}
