package io.ddgan.train.step;

import io.ddgan.api.ReverseStep.Coefficients;
import io.ddgan.graph.CompiledPlan;
import io.ddgan.graph.Graph;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * {@code output * G + noisy * x_{t+1}} in a graph, with coefficients of each example that are
 * written before every run.
 */
final class AffineMap {

  private final String name;
  private final SDVariable result;

  private AffineMap(String name, SDVariable result) {
    this.name = name;
    this.result = result;
  }

  /**
   * Adds a map and its inputs to a graph.
   *
   * @param name what the map gives, for the names of its inputs
   * @param output the generator's output, {@code [N, ...shape]}
   * @param noisier x_{t+1}
   */
  static AffineMap add(Graph graph, String name, SDVariable output, SDVariable noisier) {
    long[] perExample = perExample(graph);
    return new AffineMap(
        name,
        output
            .mul(graph.input(name + "-output", perExample))
            .add(noisier.mul(graph.input(name + "-noisy", perExample))));
  }

  /** The same with fresh noise added. */
  AffineMap plus(Graph graph, SDVariable noise) {
    return new AffineMap(
        name, result.add(noise.mul(graph.input(name + "-noise", perExample(graph)))));
  }

  private static long[] perExample(Graph graph) {
    long[] shape = graph.shape().batch(graph.batch());
    Arrays.fill(shape, 1, shape.length, 1);
    return shape;
  }

  /** What the map gives, {@code [N, ...shape]}. */
  SDVariable result() {
    return result;
  }

  /** Writes the coefficients of each example, without those of fresh noise. */
  void set(CompiledPlan plan, List<Coefficients> coefficients) {
    plan.set(name + "-output", column(coefficients, Coefficients::output));
    plan.set(name + "-noisy", column(coefficients, Coefficients::noisy));
  }

  /** Writes the coefficients of each example, of a map with fresh noise. */
  void setWithNoise(CompiledPlan plan, List<Coefficients> coefficients) {
    set(plan, coefficients);
    plan.set(name + "-noise", column(coefficients, Coefficients::noise));
  }

  private static float[] column(
      List<Coefficients> coefficients, ToDoubleFunction<Coefficients> part) {
    float[] column = new float[coefficients.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = (float) part.applyAsDouble(coefficients.get(i));
    }
    return column;
  }
}
