package io.ddgan.losses;

import io.ddgan.api.Batch;
import io.ddgan.api.ConditioningInputs;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.PenalisedAdversarialLoss;
import io.ddgan.api.Phase;
import io.ddgan.api.Ramp;
import io.ddgan.api.SeparableLoss;
import io.ddgan.config.Key;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Denoising steps as unbalanced optimal transport (Dao et al., 2024, arXiv 2311.17101, algorithm
 * 1). Each step takes x_{t+1} to x_t at a cost {@code c = cost * ||x_0' - x_{t+1}||^2}, where x_0'
 * is the generator's x_0 prediction. It need not cover all of the data, so outliers can be ignored.
 * With the conjugates Phi_1* and Phi_2* of the two entropies the discriminator, here a potential,
 * minimises {@code Phi_1*(D(fake) - c) + Phi_2*(-D(real))}, and the generator {@code c - D(fake)}.
 * The configured loss is not used; penalties apply as configured.
 */
public record UnbalancedTransportObjective(
    @Key("distribution of the latent vectors: normal, or none for Gaussian steps")
        Latent latentDistribution,
    @Key(
            value = "weight tau of the squared distance from x_{t+1} to the predicted x_0",
            min = 0,
            max = 1e6)
        Ramp costWeight,
    @Key("penalty on deviations from the source marginal; linear allows none")
        Conjugate sourcePenalty,
    @Key("penalty on deviations from the data marginal; linear allows none")
        Conjugate targetPenalty)
    implements Objective {

  @Override
  public Map<String, Network> networks(ObjectiveComponents components) {
    X0Prediction.require(components, "the transport cost needs");
    return Map.of(
        GENERATOR, components.generator(), DISCRIMINATOR, components.requireDiscriminator());
  }

  @Override
  public List<Phase> phases(ObjectiveComponents components) {
    return List.of(
        Phase.of(
            DISCRIMINATOR,
            batch -> {
              SDVariable output = output(batch);
              return terms(components, batch.stopGradient(cost(components, batch, output)))
                  .discriminatorLoss(batch, batch.xt(), batch.reverseStep(output));
            }),
        Phase.of(
            GENERATOR,
            batch -> {
              SDVariable output = output(batch);
              SDVariable cost = cost(components, batch, output);
              batch.report("transport-cost", cost);
              return terms(components, cost)
                  .generatorLoss(batch, batch.xt(), batch.reverseStep(output));
            }));
  }

  @Override
  public Inputs generatorInputs(ConditioningInputs given, SDVariable xtp1) {
    return latentDistribution.of(given, Objective.super.generatorInputs(given, xtp1));
  }

  private SDVariable output(Batch batch) {
    return batch.apply(GENERATOR, generatorInputs(batch, batch.xtp1()));
  }

  /** The transport cost of each example, {@code [N]}. */
  private SDVariable cost(ObjectiveComponents components, Batch batch, SDVariable output) {
    SDVariable data = X0Prediction.ofData(components, batch, output);
    SDVariable squares = batch.sameDiff().math().square(data.sub(batch.xtp1()));
    return squares.reshape(batch.size(), batch.shape().size()).sum(1).mul(batch.number(costWeight));
  }

  private PenalisedAdversarialLoss terms(ObjectiveComponents components, SDVariable cost) {
    return new PenalisedAdversarialLoss(
        new Transport(sourcePenalty, targetPenalty, cost),
        components.penalties(),
        (batch, xt) ->
            batch.apply(
                DISCRIMINATOR,
                batch
                    .inputs()
                    .with(Inputs.XT, batch.augment(xt))
                    .with(Inputs.XTP1, batch.augment(batch.xtp1()))));
  }

  /**
   * The adversarial loss of one batch, given the transport costs of its generated examples, {@code
   * [N]}.
   */
  private record Transport(Conjugate source, Conjugate target, SDVariable cost)
      implements SeparableLoss {

    @Override
    public SDVariable discriminatorOnReal(SDVariable logits) {
      return target.of(logits.neg());
    }

    @Override
    public SDVariable discriminatorOnFake(SDVariable logits) {
      return source.of(logits.sub(cost));
    }

    @Override
    public SDVariable generatorLoss(SDVariable logits) {
      return cost.sub(logits);
    }
  }
}
