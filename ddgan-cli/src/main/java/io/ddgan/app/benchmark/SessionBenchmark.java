package io.ddgan.app.benchmark;

import io.ddgan.api.DataShape;
import io.ddgan.api.Generator;
import io.ddgan.api.Inputs;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.internal.graph.ReverseMode;
import io.ddgan.random.RandomStreams;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The generator's output and all gradients by a compiled plan and by SameDiff's own session, which
 * runs the same graph. It does so the way that {@code SameDiff.calculateGradients} lets it, with
 * newly allocated arrays in every run, and with its cache of arrays. SameDiff's own differentiation
 * cannot be timed: it forgets that weights lie as PyTorch stores them.
 */
final class SessionBenchmark {

  private static final String NETWORK = "generator";

  private final ParameterLayout layout;
  private final Graph graph;
  private final SDVariable output;
  private final List<SDVariable> gradients;

  SessionBenchmark(Generator generator, ParameterLayout layout, DataShape shape, int batch) {
    this.layout = layout;
    this.graph = new Graph(DataType.FLOAT, batch, shape);
    Inputs inputs =
        Inputs.none()
            .with(Inputs.NOISIER, graph.input(Inputs.NOISIER, shape.batch(batch)))
            .with(Inputs.TIME, graph.input(Inputs.TIME, batch))
            .with(Inputs.LATENT, graph.input(Inputs.LATENT, batch, generator.latentSize()));
    this.output = generator.forward(graph.network(NETWORK, layout), inputs);
    this.gradients =
        List.copyOf(
            new ReverseMode(graph.sameDiff())
                .gradients(output.sum(), graph.parameters(NETWORK), Set.of())
                .values());
  }

  /** Runs them by turns; medians in milliseconds. */
  Map<String, Object> run(int runs) {
    Stopwatch plan = new Stopwatch();
    Stopwatch session = new Stopwatch();
    Stopwatch cached = new Stopwatch();
    RandomStreams random = new RandomStreams(0);
    CompiledPlan.Builder builder = CompiledPlan.of(graph).output("output", output);
    for (int i = 0; i < gradients.size(); i++) {
      builder.output("gradient-" + i, gradients.get(i));
    }
    try (ParameterSet weights = ParameterSet.initialised(layout, DataType.FLOAT, NETWORK, random);
        CompiledPlan compiled = builder.parameters(NETWORK, weights).build()) {
      Map<String, INDArray> values = new HashMap<>();
      List.of(Inputs.NOISIER, Inputs.TIME, Inputs.LATENT)
          .forEach(name -> values.put(name, compiled.input(name).assign(0.5)));
      layout.entries().forEach(e -> values.put(NETWORK + "/" + e.name(), weights.view(e.name())));
      List<String> wanted = gradients.stream().map(SDVariable::name).toList();
      for (int i = 0; i < Stopwatch.WARM_UP + runs; i++) {
        boolean counts = i >= Stopwatch.WARM_UP;
        plan.time(compiled::run, counts);
        graph.sameDiff().setEnableCache(false);
        session.time(() -> close(graph.sameDiff().output(values, wanted)), counts);
        graph.sameDiff().setEnableCache(true);
        cached.time(() -> close(graph.sameDiff().output(values, wanted)), counts);
      }
    }
    return Map.of(
        "generator_gradients_ms", plan.median(),
        "samediff_session_ms", session.median(),
        "samediff_cached_session_ms", cached.median());
  }

  private static void close(Map<String, INDArray> results) {
    results.values().forEach(INDArray::close);
  }
}
