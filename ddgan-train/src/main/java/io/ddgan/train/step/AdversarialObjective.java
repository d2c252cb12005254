package io.ddgan.train.step;

import io.ddgan.graph.CallTime;
import io.ddgan.graph.CompiledPlan;
import io.ddgan.graph.Graph;
import io.ddgan.graph.ParameterSet;
import io.ddgan.graph.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * To deceive the discriminator (Xiao et al., 2022, equation 4), and where asked for, to stay close
 * to the real examples: the reconstruction term of Phung et al. (2023), the mean absolute
 * difference between x_0 and its estimate.
 */
public final class AdversarialObjective implements GeneratorObjective {

  private static final String REAL = "real";

  private final Game game;
  private final GeneratorPass generator;
  private final DiscriminatorPass discriminator;
  private final AffineMap result;
  private final Optional<AffineMap> estimate;
  private final CompiledPlan plan;

  private AdversarialObjective(
      Game game,
      GeneratorPass generator,
      DiscriminatorPass discriminator,
      AffineMap result,
      Optional<AffineMap> estimate,
      CompiledPlan plan) {
    this.game = game;
    this.generator = generator;
    this.discriminator = discriminator;
    this.result = result;
    this.estimate = estimate;
    this.plan = plan;
  }

  /**
   * Prepares the objective.
   *
   * @param weights the generator's weights, read in every run
   * @param opponents the discriminator's weights, read in every run
   * @param gradient where the generator's gradient goes
   * @param workspace where the plan works
   */
  public static AdversarialObjective prepare(
      Game game,
      ParameterSet weights,
      ParameterSet opponents,
      ParameterSet gradient,
      Workspace workspace) {
    Graph graph = Graph.forTraining(DataType.FLOAT, game.batch(), game.shape());
    Opponent opponent = game.opponent().orElseThrow();
    long[] shape = game.shape().batch(game.batch());
    GeneratorPass generator = GeneratorPass.add(graph, game, weights.layout());
    AffineMap result =
        AffineMap.add(graph, "result", generator.output(), generator.noisier())
            .plus(graph, graph.input("noise", shape));
    DiscriminatorPass discriminator = new DiscriminatorPass(graph, opponent, opponents.layout());
    SDVariable loss = opponent.loss().generator(discriminator.logits(result.result()));
    Optional<AffineMap> estimate = Optional.empty();
    if (game.reconstruction() > 0) {
      AffineMap data = AffineMap.add(graph, "data", generator.output(), generator.noisier());
      SDVariable difference = data.result().sub(graph.input(REAL, shape));
      SDVariable distance = graph.sameDiff().math().abs(difference).mean();
      loss = loss.add(distance.mul(game.reconstruction()));
      estimate = Optional.of(data);
    }
    CompiledPlan plan =
        CompiledPlan.of(graph)
            .in(workspace)
            .parameters(GeneratorPass.GENERATOR, weights)
            .parameters(DiscriminatorPass.DISCRIMINATOR, opponents)
            .output("loss", loss)
            .gradients(GeneratorPass.GENERATOR, loss, Set.of(), gradient)
            .build();
    return new AdversarialObjective(game, generator, discriminator, result, estimate, plan);
  }

  @Override
  public double run(UpdateDraw draw) {
    generator.set(plan, draw.times(), draw.noisier(), draw.latent());
    discriminator.set(plan, draw);
    result.setWithNoise(plan, game.reverseCoefficients(draw.times()));
    plan.set("noise", draw.noise());
    if (estimate.isPresent()) {
      estimate.get().set(plan, game.dataCoefficients(draw.times()));
      plan.set(REAL, draw.real());
    }
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
