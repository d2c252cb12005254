package io.ddgan.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.ParameterScope;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.internal.graph.ReverseMode;
import io.ddgan.random.RandomStreams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One network in training with random weights and inputs, run by both. */
final class PlanAndSession {

  private static final RandomStreams RANDOM = new RandomStreams(4);

  /**
   * Both round, in another order. Double precision tells rounding from a difference, except that
   * the session's gradient of a leaky ReLU has its slope in single precision.
   */
  private static final Map<DataType, Double> TOLERANCES =
      Map.of(DataType.FLOAT, 1e-5, DataType.DOUBLE, 1e-7);

  private static final String NETWORK = "network";
  private static final String OUTPUT = "output";

  private PlanAndSession() {}

  /** Adds a network to a graph, on inputs by name. */
  interface Network {
    Result add(ParameterScope p, Map<String, SDVariable> inputs);
  }

  /**
   * What is compared, with the gradients of a function of it.
   *
   * @param output the variable
   * @param constants what no gradient flows through
   */
  record Result(SDVariable output, Set<SDVariable> constants) {

    static Result of(SDVariable output) {
      return new Result(output, Set.of());
    }
  }

  /**
   * Fails unless plan and session agree on the output and on the gradients by all inputs and
   * parameters, in both precisions. Differences count relative to the largest element of the output
   * and of all gradients: some gradients are zero but for rounding.
   *
   * @param shape shape of one example
   * @param inputs shapes of the inputs, without the batch, beside the time t
   */
  static void agreeOn(DataShape shape, int batch, Map<String, DataShape> inputs, Network network) {
    TOLERANCES.keySet().forEach(type -> agreeOn(type, shape, batch, inputs, network));
  }

  /** In one precision. */
  static void agreeOn(
      DataType type, DataShape shape, int batch, Map<String, DataShape> inputs, Network network) {
    ParameterLayout layout =
        ParameterLayout.of(
            shape,
            1,
            p -> {
              Map<String, SDVariable> placeholders = new HashMap<>();
              placeholders.put("t", p.sameDiff().placeHolder("t", p.dataType(), 1));
              inputs.forEach(
                  (name, s) ->
                      placeholders.put(
                          name, p.sameDiff().placeHolder(name, p.dataType(), s.batch(1))));
              Result unused = network.add(p, placeholders);
            });
    Graph graph = new Graph(type, batch, shape, 0, true);
    Map<String, SDVariable> placeholders = new HashMap<>();
    placeholders.put("t", graph.input("t", batch));
    inputs.forEach((name, s) -> placeholders.put(name, graph.input(name, s.batch(batch))));
    Result result = network.add(graph.network(NETWORK, layout), placeholders);

    Map<String, SDVariable> wanted = new LinkedHashMap<>();
    wanted.put(OUTPUT, result.output());
    gradients(graph, result, placeholders.values())
        .forEach((v, gradient) -> wanted.put("gradient by " + v.name(), gradient));
    CompiledPlan.Builder builder = CompiledPlan.of(graph);
    wanted.forEach(builder::output);
    try (ParameterSet weights = ParameterSet.zeros(layout, type);
        CompiledPlan plan = builder.parameters(NETWORK, weights).build()) {
      Map<String, INDArray> values = new HashMap<>();
      for (ParameterLayout.Entry entry : layout.entries()) {
        INDArray parameter = weights.view(entry.name());
        fill(parameter, scale(entry), RANDOM.stream(entry.name()));
        values.put(NETWORK + "/" + entry.name(), parameter);
      }
      inputs.keySet().forEach(name -> fill(plan.input(name), 1, RANDOM.stream(name)));
      plan.input("t").assign(Nd4j.linspace(1, batch, batch));
      plan.drawDropout(RANDOM);
      for (SDVariable v : graph.sameDiff().placeHolders()) {
        values.computeIfAbsent(v.name(), name -> plan.input(name).dup());
      }
      plan.run();
      Map<String, INDArray> session =
          graph.sameDiff().output(values, wanted.values().stream().map(SDVariable::name).toList());
      Map<String, INDArray> expected = new LinkedHashMap<>();
      wanted.forEach((name, v) -> expected.put(name, session.get(v.name())));
      assertClose(Map.of(OUTPUT, expected.remove(OUTPUT)), plan, TOLERANCES.get(type));
      assertClose(expected, plan, TOLERANCES.get(type));
    }
  }

  private static Map<SDVariable, SDVariable> gradients(
      Graph graph, Result result, Iterable<SDVariable> inputs) {
    List<SDVariable> all = new ArrayList<>(graph.parameters(NETWORK));
    inputs.forEach(all::add);
    SDVariable scalar = graph.sameDiff().math().sin(result.output()).sum();
    Map<SDVariable, SDVariable> gradients =
        new ReverseMode(graph.sameDiff()).gradients(scalar, all, result.constants());
    if (result.constants().isEmpty()) {
      assertEquals(Set.copyOf(all), gradients.keySet());
    }
    return gradients;
  }

  private static void assertClose(
      Map<String, INDArray> session, CompiledPlan plan, double relative) {
    double largest = 0;
    for (INDArray array : session.values()) {
      largest = Math.max(largest, array.amaxNumber().doubleValue());
    }
    assertTrue(largest > 0 && largest < Float.POSITIVE_INFINITY, "largest element is " + largest);
    double tolerance = relative * largest;
    session.forEach(
        (name, expected) -> {
          INDArray actual = plan.output(name);
          assertArrayEquals(expected.shape(), actual.shape(), name);
          assertArrayEquals(elements(expected), elements(actual), tolerance, name);
        });
  }

  private static double[] elements(INDArray array) {
    return array.dup('c').data().asDouble();
  }

  /**
   * Large enough that all layers count: those that begin silent would hide what comes after them.
   */
  private static double scale(ParameterLayout.Entry entry) {
    double fanIn = (double) entry.size() / entry.shape().get(0);
    return entry.shape().size() > 1 ? 1 / Math.sqrt(fanIn) : 0.5;
  }

  private static void fill(INDArray array, double scale, RandomGenerator random) {
    double[] values = random.doubles(array.length(), -scale, scale).toArray();
    array.assign(Nd4j.createFromArray(values).reshape(array.shape()));
  }
}
