package io.ddgan.train.step;

import io.ddgan.api.DataShape;
import io.ddgan.graph.CompiledPlan;
import io.ddgan.graph.Graph;
import io.ddgan.graph.ParameterLayout;
import org.nd4j.autodiff.samediff.SDVariable;

/** One pass through the generator, as part of a graph. Training and sampling share it. */
final class GeneratorPass {

  /** Name of the generator in graphs. */
  static final String GENERATOR = "generator";

  private final Game game;
  private final SDVariable noisier;
  private final SDVariable output;

  private GeneratorPass(Game game, SDVariable noisier, SDVariable output) {
    this.game = game;
    this.noisier = noisier;
    this.output = output;
  }

  /** Adds the pass and its inputs to a graph. */
  static GeneratorPass add(Graph graph, Game game, ParameterLayout layout) {
    int n = graph.batch();
    DataShape shape = graph.shape();
    SDVariable noisier = graph.input("noisier", shape.batch(n));
    SDVariable time = graph.input("time", n);
    SDVariable latent = graph.input("latent", n, game.generator().latentSize());
    SDVariable output =
        game.generator().forward(graph.network(GENERATOR, layout), noisier, time, latent);
    return new GeneratorPass(game, noisier, output);
  }

  /** The input x_{t+1}. */
  SDVariable noisier() {
    return noisier;
  }

  /** What the generator gives, {@code [N, ...shape]}. */
  SDVariable output() {
    return output;
  }

  /**
   * Writes the inputs of a plan; times and latent vectors only as far as the generator sees them.
   */
  void set(CompiledPlan plan, int[] times, float[] x, float[] latent) {
    plan.set("noisier", x);
    plan.set("time", game.reverse().isOneShot() ? new float[times.length] : floats(times));
    plan.set("latent", game.hasLatent() ? latent : new float[latent.length]);
  }

  static float[] floats(int[] times) {
    float[] values = new float[times.length];
    for (int i = 0; i < times.length; i++) {
      values[i] = times[i];
    }
    return values;
  }
}
