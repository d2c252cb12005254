package io.ddgan.train.step;

import io.ddgan.api.ReverseStep.Coefficients;
import io.ddgan.api.Sampler.Evaluation;
import io.ddgan.graph.CallTime;
import io.ddgan.graph.CompiledPlan;
import io.ddgan.graph.Graph;
import io.ddgan.graph.ParameterSet;
import io.ddgan.graph.Workspace;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** Generates the next examples from x_{t+1} with given weights, without gradients. */
public final class Sampling implements AutoCloseable {

  private final Game game;
  private final GeneratorPass pass;
  private final AffineMap next;
  private final CompiledPlan plan;

  private Sampling(Game game, GeneratorPass pass, AffineMap next, CompiledPlan plan) {
    this.game = game;
    this.pass = pass;
    this.next = next;
    this.plan = plan;
  }

  /** Prepares the generator of a game with weights that are read in every run. */
  public static Sampling prepare(Game game, ParameterSet weights) {
    Graph graph = new Graph(DataType.FLOAT, game.batch(), game.shape());
    return prepare(graph, game, weights, CompiledPlan.of(graph));
  }

  /** The same with the dropout of training, in a workspace that other plans use too. */
  public static Sampling prepareForTraining(Game game, ParameterSet weights, Workspace workspace) {
    Graph graph = Graph.forTraining(DataType.FLOAT, game.batch(), game.shape());
    return prepare(graph, game, weights, CompiledPlan.of(graph).in(workspace));
  }

  private static Sampling prepare(
      Graph graph, Game game, ParameterSet weights, CompiledPlan.Builder builder) {
    GeneratorPass pass = GeneratorPass.add(graph, game, weights.layout());
    var noise = graph.input("noise", game.shape().batch(game.batch()));
    AffineMap next = AffineMap.add(graph, "next", pass.output(), pass.noisier()).plus(graph, noise);
    CompiledPlan plan =
        builder
            .parameters(GeneratorPass.GENERATOR, weights)
            .output("result", next.result())
            .build();
    return new Sampling(game, pass, next, plan);
  }

  /** Generates the examples x_t of a discriminator's update. */
  public float[] denoise(UpdateDraw draw) {
    plan.drawDropout(draw.random());
    return run(
        draw.times(),
        game.reverseCoefficients(draw.times()),
        draw.noisier(),
        draw.latent(),
        draw.noise());
  }

  /**
   * Takes a batch one evaluation further on a sampler's path.
   *
   * @param x what the generator is given, {@code [N, ...shape]}
   * @param latent z, {@code [N, latentSize]}
   * @param noise standard normal noise, {@code [N, ...shape]}
   * @return what the next evaluation is given, or the examples, {@code [N, ...shape]}
   */
  public float[] evaluate(Evaluation evaluation, float[] x, float[] latent, float[] noise) {
    int[] times = new int[game.batch()];
    Arrays.fill(times, evaluation.t());
    return run(times, Collections.nCopies(game.batch(), evaluation.next()), x, latent, noise);
  }

  private float[] run(
      int[] times, List<Coefficients> coefficients, float[] x, float[] latent, float[] noise) {
    pass.set(plan, times, x, latent);
    next.setWithNoise(plan, coefficients);
    plan.set("noise", noise);
    plan.run();
    return plan.get("result");
  }

  /** Times each call of the latest run, see {@link CompiledPlan#profile}. */
  public List<CallTime> profile(int repetitions) {
    return plan.profile(repetitions);
  }

  /** Bytes of memory, see {@link CompiledPlan#bytes}. */
  public long bytes() {
    return plan.bytes();
  }

  @Override
  public void close() {
    plan.close();
  }
}
