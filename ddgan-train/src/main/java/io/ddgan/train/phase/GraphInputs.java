package io.ddgan.train.phase;

import io.ddgan.api.ConditioningInputs;
import io.ddgan.api.DataShape;
import io.ddgan.api.Inputs;
import io.ddgan.api.RefusedException;
import io.ddgan.internal.graph.Graph;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/** The conditioning inputs of a graph, added on first use. */
class GraphInputs implements ConditioningInputs {

  private final ModelDefinition model;
  private final Graph graph;
  private final Map<String, InputSource> sources = new LinkedHashMap<>();
  private final Map<String, SDVariable> inputs = new LinkedHashMap<>();

  GraphInputs(ModelDefinition model, Graph graph) {
    this.model = model;
    this.graph = graph;
  }

  /** Returns the sources of the drawn inputs, by name. */
  Map<String, InputSource> sources() {
    return sources;
  }

  final ModelDefinition model() {
    return model;
  }

  final Graph graph() {
    return graph;
  }

  /** Returns the input of a name, which is added on first use. */
  final SDVariable input(String name, InputSource source, long... shape) {
    sources.putIfAbsent(name, source);
    return given(name, shape);
  }

  /** Returns the input of a name that is set directly, not drawn. */
  final SDVariable given(String name, long... shape) {
    return inputs.computeIfAbsent(name, n -> graph.input(n, shape));
  }

  /**
   * Returns the shape {@code [N, 1, ..., 1]}, one number per example, to multiply examples with.
   */
  final long[] perExample() {
    long[] each = model.shape().batch(size());
    Arrays.fill(each, 1, each.length, 1);
    return each;
  }

  @Override
  public final SameDiff sameDiff() {
    return graph.sameDiff();
  }

  @Override
  public final int size() {
    return graph.batch();
  }

  @Override
  public final DataShape shape() {
    return graph.shape();
  }

  @Override
  public SDVariable time() {
    return input(Inputs.TIME, (given, random) -> given.each(t -> t), size());
  }

  @Override
  public SDVariable latent() {
    int latentSize = model.components().generator().latentSize();
    return input(Inputs.LATENT, InputSource.normal(latentSize), size(), latentSize);
  }

  @Override
  public final Optional<SDVariable> label() {
    int classes = graph.classes();
    if (classes == 0) {
      return Optional.empty();
    }
    InputSource source = (given, random) -> InputSource.oneHot(given.labels(), classes);
    return Optional.of(input(Inputs.LABEL, source, size(), classes));
  }

  @Override
  public final SDVariable zeros(String input) {
    long[] shape =
        switch (input) {
          case Inputs.XT, Inputs.XTP1 -> shape().batch(size());
          case Inputs.TIME -> new long[] {size()};
          case Inputs.LATENT -> new long[] {size(), model.components().generator().latentSize()};
          case Inputs.LABEL -> new long[] {size(), Math.max(1, graph.classes())};
          default ->
              throw new RefusedException(
                  "unknown input '%s'; only inputs of a batch can be zeroed".formatted(input));
        };
    return sameDiff().constant(Nd4j.zeros(graph.dataType(), shape));
  }
}
