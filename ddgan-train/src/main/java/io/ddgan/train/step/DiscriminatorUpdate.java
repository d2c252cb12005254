package io.ddgan.train.step;

import io.ddgan.api.GradientPenalty;
import io.ddgan.api.ParameterScope;
import io.ddgan.graph.CallTime;
import io.ddgan.graph.CompiledPlan;
import io.ddgan.graph.ForwardMode;
import io.ddgan.graph.Graph;
import io.ddgan.graph.ParameterSet;
import io.ddgan.graph.ReverseMode;
import io.ddgan.graph.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** Gradients of the discriminator's loss, with and without the gradient penalty. */
public final class DiscriminatorUpdate implements AutoCloseable {

  static final String DISCRIMINATOR = "discriminator";

  private final CompiledPlan plain;
  private final Optional<CompiledPlan> penalised;
  private final GradientPenalty penalty;

  private DiscriminatorUpdate(
      CompiledPlan plain, Optional<CompiledPlan> penalised, GradientPenalty penalty) {
    this.plain = plain;
    this.penalised = penalised;
    this.penalty = penalty;
  }

  /**
   * Prepares the update.
   *
   * @param weights the discriminator's weights, read in every run
   * @param gradient where its gradient goes
   * @param workspace where the plans work
   */
  public static DiscriminatorUpdate prepare(
      Game game, ParameterSet weights, ParameterSet gradient, Workspace workspace) {
    Optional<CompiledPlan> penalised =
        game.penalty().every() == 0
            ? Optional.empty()
            : Optional.of(plan(game, true, weights, gradient, workspace));
    CompiledPlan plain = plan(game, false, weights, gradient, workspace);
    return new DiscriminatorUpdate(plain, penalised, game.penalty());
  }

  /** Computes the gradient for a step, given generated x_t. */
  public DiscriminatorLosses run(long step, UpdateDraw draw, float[] fake) {
    boolean withPenalty = penalty.appliesTo(step);
    CompiledPlan plan = withPenalty ? penalised.orElseThrow() : plain;
    plan.set("real", draw.cleaner());
    plan.set("fake", fake);
    plan.set("noisier", draw.noisier());
    plan.set("time", Denoising.floats(draw.times()));
    plan.drawDropout(draw.dropout());
    plan.run();
    return new DiscriminatorLosses(
        plan.output("real-loss").getDouble(0),
        plan.output("fake-loss").getDouble(0),
        withPenalty ? plan.output("penalty").getDouble(0) : 0,
        plan.output("real-logit").getDouble(0),
        plan.output("fake-logit").getDouble(0));
  }

  private static CompiledPlan plan(
      Game game,
      boolean withPenalty,
      ParameterSet weights,
      ParameterSet gradient,
      Workspace workspace) {
    Graph graph = Graph.forTraining(DataType.FLOAT, game.batch(), game.shape());
    long[] shape = game.shape().batch(game.batch());
    SDVariable real = graph.input("real", shape);
    SDVariable fake = graph.input("fake", shape);
    SDVariable noisier = graph.input("noisier", shape);
    SDVariable time = graph.input("time", game.batch());
    ParameterScope scope = graph.network(DISCRIMINATOR, weights.layout());
    SDVariable realLogits = game.discriminator().forward(scope, real, time, noisier);
    SDVariable fakeLogits = game.discriminator().forward(scope, fake, time, noisier);
    SDVariable realLoss = game.loss().discriminatorOnReal(realLogits);
    SDVariable fakeLoss = game.loss().discriminatorOnFake(fakeLogits);
    CompiledPlan.Builder plan =
        CompiledPlan.of(graph)
            .in(workspace)
            .parameters(DISCRIMINATOR, weights)
            .output("real-loss", realLoss)
            .output("fake-loss", fakeLoss)
            .output("real-logit", realLogits.mean())
            .output("fake-logit", fakeLogits.mean());
    SDVariable loss = realLoss.add(fakeLoss);
    if (!withPenalty) {
      return plan.gradients(DISCRIMINATOR, loss, Set.of(), gradient).build();
    }
    Penalty penalty = penalty(graph.sameDiff(), game, real, realLogits);
    return plan.output("penalty", penalty.value)
        .gradients(DISCRIMINATOR, loss.add(penalty.surrogate), Set.of(penalty.direction), gradient)
        .build();
  }

  /**
   * The penalty P(v) on v = d sum D / dx, and a surrogate with the same gradient that needs first
   * derivatives only: with w = dP/dv held constant, dP/dtheta = d(w . v)/dtheta, and w . v is the
   * derivative of sum D along w, which forward mode gives.
   */
  private static Penalty penalty(SameDiff sd, Game game, SDVariable real, SDVariable logits) {
    ReverseMode reverse = new ReverseMode(sd);
    SDVariable v = reverse.gradients(logits.sum(), List.of(real), Set.of()).get(real);
    GradientPenalty penalty = game.penalty();
    SDVariable value = penalty.of(v.reshape(game.batch(), game.shape().size()));
    SDVariable w = reverse.gradients(value, List.of(v), Set.of()).get(v);
    SDVariable derivative = new ForwardMode(sd, game.tangentRules()).product(logits, real, w).sum();
    return new Penalty(value, w, derivative);
  }

  /** Times each call of the latest update without a penalty, see {@link CompiledPlan#profile}. */
  public List<CallTime> profile(int repetitions) {
    return plain.profile(repetitions);
  }

  @Override
  public void close() {
    plain.close();
    penalised.ifPresent(CompiledPlan::close);
  }

  private record Penalty(SDVariable value, SDVariable direction, SDVariable surrogate) {}
}
