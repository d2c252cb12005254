package io.ddgan.contract;

import io.ddgan.api.DataShape;
import io.ddgan.api.ParameterScope;
import io.ddgan.graph.CompiledPlan;
import io.ddgan.graph.Graph;
import io.ddgan.graph.ParameterLayout;
import io.ddgan.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network and how it is called.
 *
 * @param name what it is, for people
 * @param shape shape of one example
 * @param inputs shape of each input of one example, besides the time
 * @param output shape of the output of one example; empty for a number
 */
record Network(
    String name,
    DataShape shape,
    Map<String, DataShape> inputs,
    Forward forward,
    List<Integer> output) {

  private static final String NETWORK = "network";
  private static final int TIMES = 4;

  /** Adds the network to a graph. */
  interface Forward {
    SDVariable apply(ParameterScope parameters, Map<String, SDVariable> inputs, SDVariable t);
  }

  /** The parameters, as found out with some number of examples. */
  ParameterLayout layout(int batch) {
    return ParameterLayout.of(
        shape,
        batch,
        p -> {
          Map<String, SDVariable> variables = new LinkedHashMap<>();
          inputs.forEach(
              (name, s) ->
                  variables.put(
                      name, p.sameDiff().placeHolder(name, p.dataType(), s.batch(batch))));
          SDVariable t = p.sameDiff().placeHolder("t", p.dataType(), batch);
          SDVariable unused = forward.apply(p, variables, t);
        });
  }

  /**
   * Runs the network, with random weights and without dropout, on some of many examples.
   *
   * @return {@code [batch, ...output]}
   */
  INDArray run(DataType type, int first, int batch) {
    Graph graph = new Graph(type, batch, shape);
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

  /** The names of the trained parameters that have no part in the output. */
  Set<String> idleParameters(int batch) {
    Graph graph = new Graph(DataType.DOUBLE, batch, shape);
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
    int batch = graph.batch();
    Map<String, SDVariable> variables = new LinkedHashMap<>();
    inputs.forEach((name, s) -> variables.put(name, graph.input(name, s.batch(batch))));
    return forward.apply(graph.network(NETWORK, layout), variables, graph.input("t", batch));
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
    plan.input("t").assign(Nd4j.createFromArray(times(first, batch)));
  }

  /** Shape of the output of one example. */
  long[] outputDimensions() {
    return output.stream().mapToLong(Integer::longValue).toArray();
  }

  /** The times of consecutive examples: whole numbers, each in its turn. */
  static double[] times(int first, int batch) {
    double[] times = new double[batch];
    Arrays.setAll(times, i -> (first + i) % TIMES);
    return times;
  }

  @Override
  public String toString() {
    return name;
  }
}
