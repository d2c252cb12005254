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
 * A graph of the generator for export: a single evaluation, or all sampler steps from noise to
 * examples.
 */
public record SamplingGraph(Graph graph, String name, SDVariable output) {

  /** Input of a path: pure noise x_T, {@code [N, ...shape]}. */
  public static final String START = "start";

  /** Input of a path: noise for the k sampler steps that add any, {@code [N, k, ...shape]}. */
  public static final String NOISE = "noise";

  /** Longer paths would have tens of thousands of operations. */
  private static final int LONGEST_PATH = 100;

  /** Builds one evaluation, G(x_{t+1}, z, t). Its inputs have the names of {@link Inputs}. */
  public static SamplingGraph evaluation(ModelDefinition model, ParameterLayout layout) {
    return evaluation(model, graph -> graph.network(Objective.GENERATOR, layout));
  }

  /** Builds one evaluation with parameters that are created in the graph. */
  static SamplingGraph evaluation(
      ModelDefinition model, Function<Graph, ParameterScope> parameters) {
    Graph graph = graph(model);
    SDVariable xtp1 = graph.input(Inputs.XTP1, model.shape().batch(model.batch()));
    SDVariable output =
        forward(model, parameters.apply(graph), new GraphInputs(model, graph), xtp1);
    return new SamplingGraph(graph, "output", output);
  }

  /**
   * Builds all sampler steps. Its inputs are {@value #START}, {@value #NOISE}, {@link
   * Inputs#LATENT}, {@code [N, evaluations, latentSize]}, and {@link Inputs#LABEL}, {@code [N,
   * classes]}.
   *
   * @param decode decodes the result of the last step
   */
  public static SamplingGraph path(
      ModelDefinition model,
      ParameterLayout layout,
      List<Step> path,
      UnaryOperator<SDVariable> decode) {
    if (path.size() > LONGEST_PATH) {
      throw new RefusedException(
          "the sampler has %,d steps, but an exported graph can have at most %d; use a sampler with fewer steps, such as ddim, or export one step with --graph generator"
              .formatted(path.size(), LONGEST_PATH));
    }
    Graph graph = graph(model);
    int n = model.batch();
    long[] shape = model.shape().batch(n);
    int latentSize = model.components().generator().latentSize();
    int noisy = (int) path.stream().filter(each -> each.coefficients().noise() != 0).count();
    SDVariable x = graph.input(START, shape);
    SDVariable latents = graph.input(Inputs.LATENT, n, path.size(), latentSize);
    SDVariable noises = graph.input(NOISE, stacked(Math.max(1, noisy), shape));
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

  /** The conditioning inputs of the current evaluation. */
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

  /** Creates an empty inference graph of a model. */
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

  /** Returns the shape of {@code count} arrays per example: {@code [N, count, ...]}. */
  private static long[] stacked(int count, long... shape) {
    long[] all = new long[shape.length + 1];
    all[0] = shape[0];
    all[1] = count;
    System.arraycopy(shape, 1, all, 2, shape.length - 1);
    return all;
  }

  /** Returns one of several arrays per example. */
  private static SDVariable part(SDVariable all, int number, long... shape) {
    int[] begin = new int[shape.length + 1];
    begin[1] = number;
    int[] size = Arrays.stream(stacked(1, shape)).mapToInt(Math::toIntExact).toArray();
    return all.getSameDiff().slice(all, begin, size).reshape(shape);
  }
}
