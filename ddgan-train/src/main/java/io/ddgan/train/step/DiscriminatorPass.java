package io.ddgan.train.step;

import io.ddgan.api.ParameterScope;
import io.ddgan.graph.CompiledPlan;
import io.ddgan.graph.Graph;
import io.ddgan.graph.ParameterLayout;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Passes through the discriminator, as part of a graph. What it is not to see is zero: a constant
 * tells nothing, whatever the network.
 */
final class DiscriminatorPass {

  /** Name of the discriminator in graphs. */
  static final String DISCRIMINATOR = "discriminator";

  private static final String NOISIER = "discriminator-noisier";
  private static final String TIME = "discriminator-time";

  private final Opponent opponent;
  private final ParameterScope parameters;
  private final SDVariable noisier;
  private final SDVariable time;

  /** Adds the inputs that all passes share to a graph. */
  DiscriminatorPass(Graph graph, Opponent opponent, ParameterLayout layout) {
    this.opponent = opponent;
    this.parameters = graph.network(DISCRIMINATOR, layout);
    this.noisier = graph.input(NOISIER, graph.shape().batch(graph.batch()));
    this.time = graph.input(TIME, graph.batch());
  }

  /** The logits {@code [N]} of examples x_t. */
  SDVariable logits(SDVariable x) {
    return opponent.discriminator().forward(parameters, x, time, noisier);
  }

  /** Writes the inputs of a plan. */
  void set(CompiledPlan plan, UpdateDraw draw) {
    plan.set(NOISIER, opponent.seesNoisier() ? draw.noisier() : new float[draw.noisier().length]);
    int[] times = opponent.seesTime() ? draw.times() : new int[draw.times().length];
    plan.set(TIME, GeneratorPass.floats(times));
  }
}
