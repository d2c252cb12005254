package io.ddgan.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DataShape;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Generator;
import io.ddgan.api.ParameterScope;
import io.ddgan.graph.CompiledPlan;
import io.ddgan.graph.Graph;
import io.ddgan.graph.ParameterLayout;
import io.ddgan.graph.ParameterSet;
import io.ddgan.graph.ReverseMode;
import io.ddgan.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Whole networks in a compiled plan and in SameDiff's own session, forwards and backwards. */
class PlanAndSessionTest {

  private static final RandomStreams RANDOM = new RandomStreams(4);

  /** Of the largest element: both round in single precision, in another order. */
  private static final double TOLERANCE = 1e-5;

  private static final String NETWORK = "network";

  @Test
  void agreeOnTheUnet() {
    agreeOn(Configured.unet(Configured.SMALL), DataShape.image(3, 16, 16), 2);
  }

  @Test
  void agreeOnTheFullyConnectedGenerator() {
    agreeOn(new MlpGenerator(16, 3, 5, 8), DataShape.point(2), 6);
  }

  @Test
  void agreeOnTheSmallDiscriminator() {
    agreeOn(new SmallDiscriminator(4, 8, 1), DataShape.image(3, 16, 16), 8);
  }

  /** The session fails on sums over a single element, so that the last maps must be larger. */
  @Test
  void agreeOnTheLargeDiscriminator() {
    agreeOn(new LargeDiscriminator(2, 8, 1), DataShape.image(3, 64, 128), 2);
  }

  @Test
  void agreeOnTheFullyConnectedDiscriminator() {
    agreeOn(new MlpDiscriminator(16, 3, 8), DataShape.point(2), 6);
  }

  private static void agreeOn(Generator generator, DataShape shape, int batch) {
    agreeOn(
        shape,
        batch,
        Map.of("x", shape, "z", DataShape.point(generator.latentSize())),
        (p, in) -> generator.forward(p, in.get("x"), in.get("t"), in.get("z")));
  }

  private static void agreeOn(Discriminator discriminator, DataShape shape, int batch) {
    agreeOn(
        shape,
        batch,
        Map.of("x", shape, "xt", shape),
        (p, in) -> discriminator.forward(p, in.get("x"), in.get("t"), in.get("xt")));
  }

  private interface Network {
    SDVariable add(ParameterScope p, Map<String, SDVariable> inputs);
  }

  private static void agreeOn(
      DataShape shape, int batch, Map<String, DataShape> inputs, Network network) {
    ParameterLayout layout =
        ParameterLayout.of(
            shape,
            1,
            p -> {
              Map<String, SDVariable> placeholders = new HashMap<>();
              placeholders.put("t", p.sameDiff().placeHolder("t", DataType.FLOAT, 1));
              inputs.forEach(
                  (name, s) ->
                      placeholders.put(
                          name, p.sameDiff().placeHolder(name, DataType.FLOAT, s.batch(1))));
              SDVariable unused = network.add(p, placeholders);
            });
    Graph graph = new Graph(DataType.FLOAT, batch, shape);
    Map<String, SDVariable> placeholders = new HashMap<>();
    placeholders.put("t", graph.input("t", batch));
    inputs.forEach((name, s) -> placeholders.put(name, graph.input(name, s.batch(batch))));
    SDVariable output = network.add(graph.network(NETWORK, layout), placeholders);
    List<SDVariable> all = new ArrayList<>(placeholders.values());
    all.addAll(graph.parameters(NETWORK));
    Map<SDVariable, SDVariable> gradients =
        new ReverseMode(graph.sameDiff())
            .gradients(graph.sameDiff().math().sin(output).sum(), all, Set.of());
    assertEquals(Set.copyOf(all), gradients.keySet());

    Map<String, SDVariable> wanted = new LinkedHashMap<>();
    wanted.put("output", output);
    gradients.forEach((v, gradient) -> wanted.put("gradient of " + v.name(), gradient));
    CompiledPlan.Builder builder = CompiledPlan.of(graph);
    wanted.forEach(builder::output);
    try (ParameterSet weights = ParameterSet.initialised(layout, DataType.FLOAT, NETWORK, RANDOM);
        CompiledPlan plan = builder.parameters(NETWORK, weights).build()) {
      Map<String, INDArray> values = new HashMap<>();
      placeholders
          .keySet()
          .forEach(
              name -> {
                plan.set(name, gaussian(plan.input(name).length(), name));
                values.put(name, plan.input(name));
              });
      layout.entries().forEach(e -> values.put(NETWORK + "/" + e.name(), weights.view(e.name())));
      plan.run();
      Map<String, INDArray> session =
          graph.sameDiff().output(values, wanted.values().stream().map(SDVariable::name).toList());
      wanted.forEach((name, v) -> assertClose(name, session.get(v.name()), plan.output(name)));
    }
  }

  private static void assertClose(String name, INDArray expected, INDArray actual) {
    assertEquals(Arrays.toString(expected.shape()), Arrays.toString(actual.shape()), name);
    float[] a = expected.dup('c').data().asFloat();
    float[] b = actual.dup('c').data().asFloat();
    double scale = 0;
    for (float x : a) {
      scale = Math.max(scale, Math.abs(x));
    }
    for (int i = 0; i < a.length; i++) {
      assertEquals(a[i], b[i], TOLERANCE * scale + 1e-7, name + "[" + i + "]");
    }
  }

  private static float[] gaussian(long length, String name) {
    var random = RANDOM.stream(name);
    float[] values = new float[Math.toIntExact(length)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
