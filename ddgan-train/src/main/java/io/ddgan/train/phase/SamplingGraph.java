package io.ddgan.train.phase;

import io.ddgan.api.ConditioningInputs;
import io.ddgan.api.Inputs;
import io.ddgan.api.Objective;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.Parameterization.Coefficients;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Sampler.Step;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterLayout;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a trained generator computes, as one graph for programs that know nothing of samplers: a
 * single evaluation, or a whole path from noise to examples.
 */
public record SamplingGraph(Graph graph, String name, SDVariable output) {

  /** Input of a path: pure noise x_T, {@code [N, ...shape]}. */
  public static final String START = "start";

  /** Input of a path: fresh noise for the k evaluations that add any, {@code [N, k, ...shape]}. */
  public static final String NOISE = "noise";

  /** Longer ones would be graphs of tens of thousands of operations. */
  private static final int LONGEST_PATH = 100;

  /** One evaluation, G(x_{t+1}, z, t). Its inputs have the names of {@link Inputs}. */
  public static SamplingGraph evaluation(ModelDefinition model, ParameterLayout layout) {
    return evaluation(model, graph -> graph.network(Objective.GENERATOR, layout));
  }

  /** The same with the generator's parameters as they are made in the graph. */
  static SamplingGraph evaluation(
      ModelDefinition model, Function<Graph, ParameterScope> parameters) {
    Graph graph = graph(model);
    SDVariable xtp1 = graph.input(Inputs.XTP1, model.shape().batch(model.batch()));
    SDVariable output =
        forward(model, parameters.apply(graph), new GraphInputs(model, graph), xtp1);
    return new SamplingGraph(graph, "output", output);
  }

  /**
   * A sampler's path. Besides {@value #START} and {@value #NOISE} its inputs are {@link
   * Inputs#LATENT}, {@code [N, evaluations, latentSize]}, and {@link Inputs#LABEL}, {@code [N,
   * classes]}.
   *
   * @param decode makes examples of what the last evaluation gives
   */
  public static SamplingGraph path(
      ModelDefinition model,
      ParameterLayout layout,
      List<Step> path,
      UnaryOperator<SDVariable> decode) {
    if (path.size() > LONGEST_PATH) {
      throw new RefusedException(
          "a path of %,d evaluations is too long for one graph, which has at most %d; take a sampler of fewer, or export the generator alone"
              .formatted(path.size(), LONGEST_PATH));
    }
    Graph graph = graph(model);
    int n = model.batch();
    long[] shape = model.shape().batch(n);
    int latentSize = model.components().generator().latentSize();
    int noisy = (int) path.stream().filter(each -> each.coefficients().noise() != 0).count();
    SDVariable x = graph.input(START, shape);
    SDVariable latents = graph.input(Inputs.LATENT, n, path.size(), latentSize);
    SDVariable noises = graph.input(NOISE, several(Math.max(1, noisy), shape));
    ParameterScope parameters = graph.network(Objective.GENERATOR, layout);
    PathInputs conditions = new PathInputs(model, graph);
    int drawn = 0;
    for (int i = 0; i < path.size(); i++) {
      conditions.time =
          graph.sameDiff().constant(Nd4j.valueArrayOf(n, path.get(i).t()).castTo(graph.dataType()));
      conditions.latent = part(latents, i, n, latentSize);
      SDVariable output = forward(model, parameters, conditions, x);
      Coefficients next = path.get(i).coefficients();
      x = output.mul(next.output()).add(x.mul(next.xtp1()));
      if (next.noise() != 0) {
        x = x.add(part(noises, drawn++, shape).mul(next.noise()));
      }
    }
    return new SamplingGraph(graph, "examples", decode.apply(x));
  }

  /** The conditions of each evaluation in turn: times and latent vectors of its own. */
  private static final class PathInputs extends GraphInputs {

    private SDVariable time;
    private SDVariable latent;

    PathInputs(ModelDefinition model, Graph graph) {
      super(model, graph);
    }

    @Override
    public SDVariable time() {
      return time;
    }

    @Override
    public SDVariable latent() {
      return latent;
    }
  }

  /** An empty graph of a model at its work. */
  static Graph graph(ModelDefinition model) {
    return new Graph(DataType.FLOAT, model.batch(), model.shape(), model.classes(), false);
  }

  /** Adds the generator. */
  private static SDVariable forward(
      ModelDefinition model,
      ParameterScope parameters,
      ConditioningInputs conditions,
      SDVariable xtp1) {
    return ModelDefinition.forward(
        Objective.GENERATOR,
        model.components().generator(),
        parameters,
        model.objective().generatorInputs(conditions, xtp1));
  }

  /** The shape of several things for each example, which have a shape each. */
  private static long[] several(int count, long... shape) {
    long[] all = new long[shape.length + 1];
    all[0] = shape[0];
    all[1] = count;
    System.arraycopy(shape, 1, all, 2, shape.length - 1);
    return all;
  }

  /** Of several things for each example one. */
  private static SDVariable part(SDVariable all, int number, long... shape) {
    int[] begin = new int[shape.length + 1];
    begin[1] = number;
    int[] size = Arrays.stream(several(1, shape)).mapToInt(Math::toIntExact).toArray();
    return all.getSameDiff().slice(all, begin, size).reshape(shape);
  }
}
