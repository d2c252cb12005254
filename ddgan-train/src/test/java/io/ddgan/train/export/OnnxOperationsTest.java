package io.ddgan.train.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.ddgan.api.DataShape;
import io.ddgan.api.Objective;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.RefusedException;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.layers.Convolution;
import io.ddgan.layers.FeatureMap;
import io.ddgan.layers.Initializers;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.phase.SamplingGraph;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.ops.SDMath;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Computes each operation in a separate graph with ND4J and with ONNX Runtime. */
class OnnxOperationsTest {

  private static final DataShape SHAPE = DataShape.image(4, 6, 6);

  /** Other batch sizes than those of the traces. */
  private static final int[] COUNTS = {1, 3};

  @TempDir private Path folder;

  /** A function of {@code [N, 4, 6, 6]} with values of at least 0.1. */
  private interface Computation extends BiFunction<ParameterScope, SDVariable, SDVariable> {}

  private static Named<Computation> of(String name, Computation computation) {
    return Named.of(name, computation);
  }

  static Stream<Named<Computation>> computations() {
    return Stream.of(
        of("abs", (p, x) -> math(p).abs(x.sub(1))),
        of("ceil", (p, x) -> math(p).ceil(x)),
        of("cos", (p, x) -> math(p).cos(x)),
        of("erf", (p, x) -> math(p).erf(x)),
        of("exp", (p, x) -> math(p).exp(x)),
        of("floor", (p, x) -> math(p).floor(x)),
        of("log", (p, x) -> math(p).log(x)),
        of("neg", (p, x) -> math(p).neg(x)),
        of("sigmoid", (p, x) -> p.sameDiff().nn().sigmoid(x)),
        of("sign", (p, x) -> math(p).sign(x.sub(1))),
        of("sin", (p, x) -> math(p).sin(x)),
        of("softplus", (p, x) -> p.sameDiff().nn().softplus(x)),
        of("softsign", (p, x) -> p.sameDiff().nn().softsign(x)),
        of("sqrt", (p, x) -> math(p).sqrt(x)),
        of("square", (p, x) -> math(p).square(x)),
        of("tanh", (p, x) -> math(p).tanh(x)),
        of("relu", (p, x) -> p.sameDiff().nn().relu(x.sub(1), 0)),
        of("leaky relu", (p, x) -> p.sameDiff().nn().leakyRelu(x.sub(1), 0.2)),
        of("power of a number", (p, x) -> math(p).pow(x, 1.5)),
        of("power", (p, x) -> math(p).pow(x, x)),
        of("sum with a number", (p, x) -> x.add(0.3)),
        of("difference with a number", (p, x) -> x.sub(0.3)),
        of("number less", (p, x) -> x.rsub(0.3)),
        of("product with a number", (p, x) -> x.mul(0.3)),
        of("quotient by a number", (p, x) -> x.div(0.3)),
        of("number divided", (p, x) -> x.rdiv(0.3)),
        of("larger of a number", (p, x) -> p.sameDiff().max(x, one(p, 0.7))),
        of("smaller of a number", (p, x) -> p.sameDiff().min(x, one(p, 0.7))),
        of("sum", (p, x) -> x.add(weight(p, 6, 6))),
        of("difference", (p, x) -> x.sub(weight(p, 4, 1, 1))),
        of("product", (p, x) -> x.mul(weight(p, 1, 4, 1, 6))),
        of("quotient", (p, x) -> x.div(weight(p, 6).add(3))),
        of("matrices", (p, x) -> flat(p, x).mmul(weight(p, 144, 5))),
        of(
            "transposed matrices",
            (p, x) -> p.sameDiff().mmul(rows(p, x), rows(p, x), true, false, false)),
        of("softmax", (p, x) -> p.sameDiff().nn().softmax(x, -1)),
        of("convolution", (p, x) -> convolution(p, x, 3, 1, 1)),
        of("convolution in strides", (p, x) -> convolution(p, x, 2, 2, 0)),
        of("permutation", (p, x) -> x.permute(0, 2, 3, 1)),
        of("slice", (p, x) -> p.sameDiff().slice(x, new int[] {0, 1, 0, 2}, p.batch(), 2, 6, 3)),
        of("concatenation", (p, x) -> p.sameDiff().concat(1, x, x.mul(2), x)),
        of("sum over some", (p, x) -> x.sum(1, 3)),
        of("mean over some", (p, x) -> x.mean(true, 2)),
        of("largest", (p, x) -> x.max(false, 3)),
        of("smallest", (p, x) -> x.min(true, 2, 3)),
        of("constant", (p, x) -> p.sameDiff().concat(1, x, zeros(p))));
  }

  private static SDMath math(ParameterScope p) {
    return p.sameDiff().math();
  }

  private static SDVariable weight(ParameterScope p, long... shape) {
    return p.parameter("weight", Initializers.normal(1), shape);
  }

  private static SDVariable one(ParameterScope p, double number) {
    return p.sameDiff().constant(Nd4j.scalar(DataType.FLOAT, number));
  }

  /** Returns a constant with one row per example. */
  private static SDVariable zeros(ParameterScope p) {
    return p.sameDiff().constant(Nd4j.zeros(DataType.FLOAT, p.batch(), 1, 6, 6));
  }

  private static SDVariable rows(ParameterScope p, SDVariable x) {
    return x.reshape(p.batch(), 4, 36);
  }

  private static SDVariable convolution(
      ParameterScope p, SDVariable x, int kernel, int stride, int padding) {
    return Convolution.of(5, kernel)
        .stride(stride)
        .padding(padding)
        .apply(p, FeatureMap.of(x, SHAPE))
        .value();
  }

  @ParameterizedTest
  @MethodSource("computations")
  void operationsComputeTheSameForAnyBatchSize(Computation computation)
      throws IOException, OrtException {
    Path file = folder.resolve("operation.onnx");
    try (ParameterSet weights = weights(computation)) {
      write(file, computation, weights, Optional.empty());
      for (int count : COUNTS) {
        float[] x = examples(count);
        assertArrayEquals(byNd4j(computation, weights, x), byOnnxRuntime(file, x), 1e-5f);
      }
    }
  }

  @Test
  void batchSizeMayBeFixed() throws IOException, OrtException {
    Computation sum = (p, x) -> x.add(weight(p, 6, 6));
    Path file = folder.resolve("operation.onnx");
    try (ParameterSet weights = weights(sum)) {
      Signature signature = write(file, sum, weights, Optional.of(2));
      assertEquals("x [2, 4, 6, 6]", Signature.text(signature.inputs()));
      float[] x = examples(2);
      assertArrayEquals(byNd4j(sum, weights, x), byOnnxRuntime(file, x), 1e-6f);
      assertThrows(OrtException.class, () -> byOnnxRuntime(file, examples(3)));
    }
  }

  @Test
  void refusesAnOperationThatOnnxLacks() throws IOException {
    Path file = folder.resolve("operation.onnx");
    Computation gamma = (p, x) -> math(p).atan2(x, x);
    try (ParameterSet weights = weights(gamma)) {
      RefusedException refused =
          assertThrows(RefusedException.class, () -> write(file, gamma, weights, Optional.empty()));
      assertTrue(refused.getMessage().contains("is not supported"), refused.getMessage());
      assertTrue(Files.notExists(file));
    }
  }

  @Test
  void needsAFixedBatchSizeIfExamplesAreMixed() throws IOException, OrtException {
    Path file = folder.resolve("operation.onnx");
    Computation square = (p, x) -> p.sameDiff().mmul(flat(p, x), flat(p, x), false, true, false);
    try (ParameterSet weights = weights(square)) {
      RefusedException refused =
          assertThrows(
              RefusedException.class, () -> write(file, square, weights, Optional.empty()));
      assertTrue(refused.getMessage().contains("set --batch-size"), refused.getMessage());
      Signature unused = write(file, square, weights, Optional.of(2));
      float[] x = examples(2);
      assertArrayEquals(byNd4j(square, weights, x), byOnnxRuntime(file, x), 1e-4f);
    }
  }

  private static SDVariable flat(ParameterScope p, SDVariable x) {
    return x.reshape(p.batch(), SHAPE.size());
  }

  private static float[] examples(int count) {
    RandomGenerator random = new RandomStreams(1).stream("examples");
    float[] examples = new float[count * SHAPE.size()];
    for (int i = 0; i < examples.length; i++) {
      examples[i] = 0.1f + 2 * random.nextFloat(); // logarithms and roots need positive numbers
    }
    return examples;
  }

  private static ParameterSet weights(Computation computation) {
    ParameterLayout layout =
        ParameterLayout.of(
            SHAPE,
            2,
            p -> {
              SDVariable unused = computation.apply(p, p.sameDiff().zero("x", SHAPE.batch(2)));
            });
    return ParameterSet.initialised(
        layout, DataType.FLOAT, Objective.GENERATOR, new RandomStreams(2));
  }

  private static Signature write(
      Path file, Computation computation, ParameterSet weights, Optional<Integer> batch)
      throws IOException {
    return SamplerFormat.ONNX.write(
        file, count -> graph(computation, weights, count), weights, batch, Map.of("by", "a test"));
  }

  private static SamplingGraph graph(Computation computation, ParameterSet weights, int count) {
    Graph graph = new Graph(DataType.FLOAT, count, SHAPE);
    SDVariable x = graph.input("x", SHAPE.batch(count));
    ParameterScope scope = graph.network(Objective.GENERATOR, weights.layout());
    return new SamplingGraph(graph, "y", computation.apply(scope, x));
  }

  private static float[] byNd4j(Computation computation, ParameterSet weights, float[] x) {
    SamplingGraph graph = graph(computation, weights, x.length / SHAPE.size());
    try (CompiledPlan plan =
        CompiledPlan.of(graph.graph())
            .parameters(Objective.GENERATOR, weights)
            .output("y", graph.output())
            .build()) {
      plan.set("x", x);
      plan.run();
      return plan.get("y");
    }
  }

  private static float[] byOnnxRuntime(Path file, float[] x) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = SHAPE.batch(x.length / SHAPE.size());
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), shape);
        OrtSession.Result result = session.run(Map.of("x", input))) {
      FloatBuffer values = ((OnnxTensor) result.get("y").orElseThrow()).getFloatBuffer();
      float[] y = new float[values.remaining()];
      values.get(y);
      return y;
    }
  }
}
