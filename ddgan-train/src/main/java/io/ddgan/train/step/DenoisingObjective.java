package io.ddgan.train.step;

import io.ddgan.graph.CallTime;
import io.ddgan.graph.CompiledPlan;
import io.ddgan.graph.Graph;
import io.ddgan.graph.ParameterSet;
import io.ddgan.graph.Workspace;
import java.util.List;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * To tell the noise in x_{t+1}: the mean squared error of the estimate of epsilon, the simple loss
 * of Ho et al. (2020, equation 14).
 */
public final class DenoisingObjective implements GeneratorObjective {

  private static final String EPSILON = "epsilon";

  private final Game game;
  private final GeneratorPass generator;
  private final AffineMap estimate;
  private final CompiledPlan plan;

  private DenoisingObjective(
      Game game, GeneratorPass generator, AffineMap estimate, CompiledPlan plan) {
    this.game = game;
    this.generator = generator;
    this.estimate = estimate;
    this.plan = plan;
  }

  /**
   * Prepares the objective.
   *
   * @param weights the generator's weights, read in every run
   * @param gradient where their gradient goes
   * @param workspace where the plan works
   */
  public static DenoisingObjective prepare(
      Game game, ParameterSet weights, ParameterSet gradient, Workspace workspace) {
    Graph graph = Graph.forTraining(DataType.FLOAT, game.batch(), game.shape());
    GeneratorPass generator = GeneratorPass.add(graph, game, weights.layout());
    AffineMap estimate = AffineMap.add(graph, "estimate", generator.output(), generator.noisier());
    SDVariable epsilon = graph.input(EPSILON, game.shape().batch(game.batch()));
    SDVariable error = estimate.result().sub(epsilon);
    SDVariable loss = graph.sameDiff().math().square(error).mean();
    CompiledPlan plan =
        CompiledPlan.of(graph)
            .in(workspace)
            .parameters(GeneratorPass.GENERATOR, weights)
            .output("loss", loss)
            .gradients(GeneratorPass.GENERATOR, loss, Set.of(), gradient)
            .build();
    return new DenoisingObjective(game, generator, estimate, plan);
  }

  @Override
  public double run(UpdateDraw draw) {
    generator.set(plan, draw.times(), draw.noisier(), draw.latent());
    estimate.set(plan, game.noiseCoefficients(draw.times()));
    plan.set(EPSILON, draw.noise());
    plan.drawDropout(draw.random());
    plan.run();
    return plan.output("loss").getDouble(0);
  }

  @Override
  public List<CallTime> profile(int repetitions) {
    return plan.profile(repetitions);
  }

  @Override
  public long bytes() {
    return plan.bytes();
  }

  @Override
  public void close() {
    plan.close();
  }
}
