package io.ddgan.onednn;

import io.ddgan.api.DataShape;
import io.ddgan.api.ParameterScope;
import io.ddgan.engine.Engine;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.internal.graph.ReverseMode;
import io.ddgan.layers.FeatureMap;
import io.ddgan.random.RandomStreams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** A network of maps with random weights and inputs, its output and all gradients. */
record Comparison(DataShape shape, int batch, Network network) {

  private static final RandomStreams RANDOM = new RandomStreams(6);

  /** Maps to anything. */
  interface Network {
    SDVariable apply(ParameterScope p, FeatureMap x);
  }

  /** All numbers by name, after the second run. */
  Map<String, float[]> on(Engine engine) {
    ParameterLayout layout =
        ParameterLayout.of(
            shape,
            batch,
            p ->
                network.apply(
                    p,
                    FeatureMap.of(
                        p.sameDiff().placeHolder("x", DataType.FLOAT, shape.batch(batch)), shape)));
    Graph graph = new Graph(DataType.FLOAT, batch, shape);
    SDVariable x = graph.input("x", shape.batch(batch));
    SDVariable output = network.apply(graph.network("N", layout), FeatureMap.of(x, shape));
    SDVariable weights = graph.input("weights", 1);
    SDVariable sines = graph.sameDiff().math().sin(output.mul(weights));
    SDVariable loss = sines.sum();
    SDVariable dx = new ReverseMode(graph.sameDiff()).gradients(loss, List.of(x), Set.of()).get(x);
    try (ParameterSet parameters = parameters(layout);
        ParameterSet gradients = ParameterSet.zeros(layout, DataType.FLOAT);
        CompiledPlan plan =
            CompiledPlan.of(graph)
                .on(engine)
                .parameters("N", parameters)
                .output("output", output)
                .output("dx", dx)
                .gradients("N", loss, Set.of(), gradients)
                .build()) {
      plan.set("weights", new float[] {3});
      plan.set("x", normal("x", batch * shape.size(), 1));
      plan.run();
      plan.run();
      Map<String, float[]> all = new LinkedHashMap<>();
      all.put("output", plan.get("output"));
      all.put("dx", plan.get("dx"));
      layout
          .entries()
          .forEach(
              entry ->
                  all.put(entry.name(), gradients.view(entry.name()).dup('c').data().asFloat()));
      return all;
    }
  }

  private static ParameterSet parameters(ParameterLayout layout) {
    ParameterSet all = ParameterSet.initialised(layout, DataType.FLOAT, "N", RANDOM);
    for (ParameterLayout.Entry entry : layout.entries()) { // biases of 0 would hide much
      var view = all.view(entry.name());
      float[] noise = normal(entry.name(), Math.toIntExact(view.length()), 0.1);
      view.addi(org.nd4j.linalg.factory.Nd4j.createFromArray(noise).reshape(view.shape()));
    }
    return all;
  }

  private static float[] normal(String name, int count, double deviation) {
    RandomGenerator random = RANDOM.stream(name);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }
}
