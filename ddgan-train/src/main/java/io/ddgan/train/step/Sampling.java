package io.ddgan.train.step;

import io.ddgan.graph.CompiledPlan;
import io.ddgan.graph.Graph;
import io.ddgan.graph.ParameterSet;
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
    return prepare(new Graph(DataType.FLOAT, game.batch(), game.shape()), game, weights);
  }

  /** The same with the dropout of training. */
  public static Sampling prepareForTraining(Game game, ParameterSet weights) {
    return prepare(Graph.forTraining(DataType.FLOAT, game.batch(), game.shape()), game, weights);
  }

  private static Sampling prepare(Graph graph, Game game, ParameterSet weights) {
    Denoising step =
        Denoising.add(graph, game.generator(), weights.layout(), game.process(), game.reverse());
    CompiledPlan plan =
        CompiledPlan.of(graph)
            .parameters(Denoising.GENERATOR, weights)
            .output("result", step.result())
            .build();
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
    return plan.output("result").data().asFloat();
  }

  @Override
  public void close() {
    plan.close();
  }
}
