package io.ddgan.train.step;

import io.ddgan.api.GradientPenalty;
import io.ddgan.api.GradientPenalty.Place;
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

  private final Pass plain;
  private final Optional<Pass> penalised;
  private final GradientPenalty penalty;

  private DiscriminatorUpdate(Pass plain, Optional<Pass> penalised, GradientPenalty penalty) {
    this.plain = plain;
    this.penalised = penalised;
    this.penalty = penalty;
  }

  /**
   * Prepares the update.
   *
   * @param game a game with an opponent
   * @param weights the discriminator's weights, read in every run
   * @param gradient where its gradient goes
   * @param workspace where the plans work
   */
  public static DiscriminatorUpdate prepare(
      Game game, ParameterSet weights, ParameterSet gradient, Workspace workspace) {
    GradientPenalty penalty = game.opponent().orElseThrow().penalty();
    Optional<Pass> penalised =
        penalty.every() == 0
            ? Optional.empty()
            : Optional.of(pass(game, true, weights, gradient, workspace));
    Pass plain = pass(game, false, weights, gradient, workspace);
    return new DiscriminatorUpdate(plain, penalised, penalty);
  }

  /** Computes the gradient for a step, given generated x_t. */
  public DiscriminatorLosses run(long step, UpdateDraw draw, float[] fake) {
    boolean withPenalty = penalty.appliesTo(step);
    Pass pass = withPenalty ? penalised.orElseThrow() : plain;
    CompiledPlan plan = pass.plan;
    plan.set("real", draw.cleaner());
    plan.set("fake", fake);
    if (withPenalty && penalty.place() == Place.BETWEEN) {
      plan.set("between", draw.between(fake));
    }
    pass.discriminator.set(plan, draw);
    plan.drawDropout(draw.random());
    plan.run();
    return new DiscriminatorLosses(
        plan.output("real-loss").getDouble(0),
        plan.output("fake-loss").getDouble(0),
        withPenalty ? plan.output("penalty").getDouble(0) : 0,
        plan.output("real-logit").getDouble(0),
        plan.output("fake-logit").getDouble(0));
  }

  private static Pass pass(
      Game game,
      boolean withPenalty,
      ParameterSet weights,
      ParameterSet gradient,
      Workspace workspace) {
    Graph graph = Graph.forTraining(DataType.FLOAT, game.batch(), game.shape());
    Opponent opponent = game.opponent().orElseThrow();
    DiscriminatorPass discriminator = new DiscriminatorPass(graph, opponent, weights.layout());
    long[] shape = game.shape().batch(game.batch());
    SDVariable real = graph.input("real", shape);
    SDVariable realLogits = discriminator.logits(real);
    SDVariable fakeLogits = discriminator.logits(graph.input("fake", shape));
    SDVariable realLoss = opponent.loss().discriminatorOnReal(realLogits);
    SDVariable fakeLoss = opponent.loss().discriminatorOnFake(fakeLogits);
    CompiledPlan.Builder plan =
        CompiledPlan.of(graph)
            .in(workspace)
            .parameters(DiscriminatorPass.DISCRIMINATOR, weights)
            .output("real-loss", realLoss)
            .output("fake-loss", fakeLoss)
            .output("real-logit", realLogits.mean())
            .output("fake-logit", fakeLogits.mean());
    SDVariable loss = realLoss.add(fakeLoss);
    String name = DiscriminatorPass.DISCRIMINATOR;
    if (!withPenalty) {
      return new Pass(discriminator, plan.gradients(name, loss, Set.of(), gradient).build());
    }
    SDVariable place = real;
    SDVariable logits = realLogits;
    if (opponent.penalty().place() == Place.BETWEEN) {
      place = graph.input("between", shape);
      logits = discriminator.logits(place);
    }
    Penalty penalty = penalty(graph.sameDiff(), game, place, logits);
    return new Pass(
        discriminator,
        plan.output("penalty", penalty.value)
            .gradients(name, loss.add(penalty.surrogate), Set.of(penalty.direction), gradient)
            .build());
  }

  /**
   * The penalty P(v) on v = d sum D / dx, and a surrogate with the same gradient that needs first
   * derivatives only: with w = dP/dv held constant, dP/dtheta = d(w . v)/dtheta, and w . v is the
   * derivative of sum D along w, which forward mode gives.
   */
  private static Penalty penalty(SameDiff sd, Game game, SDVariable x, SDVariable logits) {
    Opponent opponent = game.opponent().orElseThrow();
    ReverseMode reverse = new ReverseMode(sd);
    SDVariable v = reverse.gradients(logits.sum(), List.of(x), Set.of()).get(x);
    SDVariable value = opponent.penalty().of(v.reshape(game.batch(), game.shape().size()));
    SDVariable w = reverse.gradients(value, List.of(v), Set.of()).get(v);
    SDVariable derivative =
        new ForwardMode(sd, opponent.tangentRules()).product(logits, x, w).sum();
    return new Penalty(value, w, derivative);
  }

  /** Times each call of the latest update without a penalty, see {@link CompiledPlan#profile}. */
  public List<CallTime> profile(int repetitions) {
    return plain.plan.profile(repetitions);
  }

  /** Bytes of memory, see {@link CompiledPlan#bytes}. */
  public long bytes() {
    return plain.plan.bytes() + penalised.map(pass -> pass.plan.bytes()).orElse(0L);
  }

  @Override
  public void close() {
    plain.plan.close();
    penalised.ifPresent(pass -> pass.plan.close());
  }

  private record Pass(DiscriminatorPass discriminator, CompiledPlan plan) {}

  private record Penalty(SDVariable value, SDVariable direction, SDVariable surrogate) {}
}
