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

/** The gradient of the generator's loss, through the discriminator. */
public final class GeneratorUpdate implements AutoCloseable {

  private final Denoising denoising;
  private final CompiledPlan plan;

  private GeneratorUpdate(Denoising denoising, CompiledPlan plan) {
    this.denoising = denoising;
    this.plan = plan;
  }

  /**
   * Prepares the update.
   *
   * @param generator the generator's weights, read in every run
   * @param discriminator the discriminator's weights, read in every run
   * @param gradient where the generator's gradient goes
   * @param workspace where the plan works
   */
  public static GeneratorUpdate prepare(
      Game game,
      ParameterSet generator,
      ParameterSet discriminator,
      ParameterSet gradient,
      Workspace workspace) {
    Graph graph = Graph.forTraining(DataType.FLOAT, game.batch(), game.shape());
    Denoising step =
        Denoising.add(graph, game.generator(), generator.layout(), game.process(), game.reverse());
    String d = DiscriminatorUpdate.DISCRIMINATOR;
    SDVariable logits =
        game.discriminator()
            .forward(
                graph.network(d, discriminator.layout()),
                step.result(),
                step.time(),
                step.noisier());
    SDVariable loss = game.loss().generator(logits);
    CompiledPlan plan =
        CompiledPlan.of(graph)
            .in(workspace)
            .parameters(Denoising.GENERATOR, generator)
            .parameters(d, discriminator)
            .output("loss", loss)
            .gradients(Denoising.GENERATOR, loss, Set.of(), gradient)
            .build();
    return new GeneratorUpdate(step, plan);
  }

  /** Computes the gradient and returns the loss. */
  public double run(UpdateDraw draw) {
    denoising.set(plan, draw.times(), draw.noisier(), draw.latent(), draw.noise());
    plan.drawDropout(draw.dropout());
    plan.run();
    return plan.output("loss").getDouble(0);
  }

  /** Times each call of the latest update, see {@link CompiledPlan#profile}. */
  public List<CallTime> profile(int repetitions) {
    return plan.profile(repetitions);
  }

  @Override
  public void close() {
    plan.close();
  }
}
