package io.ddgan.layers;

import io.ddgan.api.DataShape;
import io.ddgan.api.ParameterScope;
import io.ddgan.contract.NumericalGradient;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs a layer on random inputs and parameters in double precision. */
final class LayerProbe {

  /** Examples in a batch. */
  static final int BATCH = 2;

  private static final String NETWORK = "network";

  /** The shape of an example, which layers ignore. */
  private static final DataShape ANY = DataShape.point(1);

  private final Map<String, double[]> values;
  private final List<Long> shape;
  private final double[] output;

  private LayerProbe(Map<String, double[]> values, List<Long> shape, double[] output) {
    this.values = values;
    this.shape = shape;
    this.output = output;
  }

  /** Adds a layer with named inputs to a graph. */
  interface Layer {
    SDVariable apply(ParameterScope p, Map<String, SDVariable> inputs);
  }

  /** A layer on feature maps. */
  interface MapLayer {
    FeatureMap apply(ParameterScope p, FeatureMap x);
  }

  /** Returns the layer as one with the input {@code x}. */
  static Layer ofMaps(int channels, int height, int width, MapLayer layer) {
    return (p, in) -> layer.apply(p, new FeatureMap(in.get("x"), channels, height, width)).value();
  }

  /**
   * Runs a layer.
   *
   * @param inputs shape of each input, without the batch
   */
  static LayerProbe run(int batch, Map<String, long[]> inputs, Layer layer) {
    ParameterLayout layout = layout(inputs, layer);
    Graph graph = new Graph(DataType.DOUBLE, batch, ANY);
    Map<String, SDVariable> variables = new LinkedHashMap<>();
    inputs.forEach((name, s) -> variables.put(name, graph.input(name, withBatch(batch, s))));
    SDVariable output = layer.apply(graph.network(NETWORK, layout), variables);
    Map<String, double[]> values = new LinkedHashMap<>();
    try (ParameterSet set = ParameterSet.zeros(layout, DataType.DOUBLE);
        CompiledPlan plan =
            CompiledPlan.of(graph).parameters(NETWORK, set).output("y", output).build()) {
      inputs.keySet().forEach(name -> values.put(name, fill(name, plan.input(name))));
      layout.entries().forEach(e -> values.put(e.name(), fill(e.name(), set.view(e.name()))));
      plan.run();
      INDArray y = plan.output("y");
      return new LayerProbe(
          values, LongStream.of(y.shape()).boxed().toList(), y.dup('c').data().asDouble());
    }
  }

  /** Returns the parameters of a layer. */
  static ParameterLayout layout(Map<String, long[]> inputs, Layer layer) {
    return ParameterLayout.of(
        ANY,
        BATCH,
        p -> {
          Map<String, SDVariable> placeholders = new LinkedHashMap<>();
          inputs.forEach(
              (name, s) ->
                  placeholders.put(
                      name, p.sameDiff().placeHolder(name, p.dataType(), withBatch(BATCH, s))));
          layer.apply(p, placeholders);
        });
  }

  /** Returns the names and shapes of a layer's parameters, in order. */
  static List<String> parameters(Map<String, long[]> inputs, Layer layer) {
    return layout(inputs, layer).entries().stream().map(e -> e.name() + " " + e.shape()).toList();
  }

  /**
   * Fails unless the gradients by all inputs and parameters equal differences.
   *
   * @param output shape of the output, without the batch
   */
  static void checkGradients(Map<String, long[]> inputs, Layer layer, long... output) {
    NumericalGradient.check(
        ANY, BATCH, inputs, (p, in) -> NumericalGradient.weighted(p, layer.apply(p, in), output));
  }

  /** Returns an input or a parameter, row by row. */
  double[] get(String name) {
    return values.get(name);
  }

  /** Returns the names of the inputs and parameters. */
  Set<String> names() {
    return values.keySet();
  }

  /** Returns the shape of the output. */
  List<Long> shape() {
    return shape;
  }

  /** Returns the output, row by row. */
  double[] output() {
    return output;
  }

  private static double[] fill(String name, INDArray array) {
    RandomGenerator random = new RandomStreams(3).stream(name);
    double[] values = new double[Math.toIntExact(array.length())];
    Arrays.setAll(values, i -> random.nextGaussian());
    array.assign(Nd4j.createFromArray(values).reshape(array.shape()));
    return values;
  }

  private static long[] withBatch(int batch, long... shape) {
    return LongStream.concat(LongStream.of(batch), LongStream.of(shape)).toArray();
  }
}
