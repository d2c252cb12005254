package io.ddgan.train.step;

import io.ddgan.graph.CallTime;
import io.ddgan.graph.CompiledPlan;
import io.ddgan.graph.Graph;
import io.ddgan.graph.ParameterSet;
import io.ddgan.graph.Workspace;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** Generates x_t from x_{t+1} with given weights, without gradients. */
public final class Sampling implements AutoCloseable {

  private final Denoising denoising;
  private final CompiledPlan plan;

  private Sampling(Denoising denoising, CompiledPlan plan) {
    this.denoising = denoising;
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
    Denoising step =
        Denoising.add(graph, game.generator(), weights.layout(), game.process(), game.reverse());
    CompiledPlan plan =
        builder.parameters(Denoising.GENERATOR, weights).output("result", step.result()).build();
    return new Sampling(step, plan);
  }

  /** Generates the examples of a discriminator's update. */
  public float[] denoise(UpdateDraw draw) {
    plan.drawDropout(draw.dropout());
    return denoise(draw.times(), draw.noisier(), draw.latent(), draw.noise());
  }

  /**
   * Denoises a batch by one step.
   *
   * @param times the cleaner time t of each example
   * @param x x_{t+1}, {@code [N, ...shape]}
   * @param latent z, {@code [N, latentSize]}
   * @param noise standard normal noise, {@code [N, ...shape]}
   * @return x_t, {@code [N, ...shape]}
   */
  public float[] denoise(int[] times, float[] x, float[] latent, float[] noise) {
    denoising.set(plan, times, x, latent, noise);
    plan.run();
    return plan.get("result");
  }

  /** Times each call of the latest denoising, see {@link CompiledPlan#profile}. */
  public List<CallTime> profile(int repetitions) {
    return plan.profile(repetitions);
  }

  @Override
  public void close() {
    plan.close();
  }
}
