package io.ddgan.losses;

import io.ddgan.api.Batch;
import io.ddgan.api.ConditioningInputs;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.Phase;
import io.ddgan.config.Key;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/** A denoiser, trained by a mean squared error without a discriminator. */
public record DenoisingObjective(
    @Key("distribution of the latent vectors: normal, or none") Latent latentDistribution,
    @Key("target of the squared error: epsilon, or the generator's output") DenoisingTarget target)
    implements Objective {

  @Override
  public Map<String, Network> networks(ObjectiveComponents components) {
    X0Prediction.require(components, "a denoiser needs");
    return Map.of(GENERATOR, components.generator());
  }

  @Override
  public List<Phase> phases(ObjectiveComponents components) {
    return List.of(Phase.of(GENERATOR, batch -> loss(components, batch)));
  }

  @Override
  public Inputs generatorInputs(ConditioningInputs given, SDVariable xtp1) {
    return latentDistribution.of(given, Objective.super.generatorInputs(given, xtp1));
  }

  private SDVariable loss(ObjectiveComponents components, Batch batch) {
    SDVariable epsilon = batch.normal("epsilon");
    SDVariable xtp1 = batch.diffuse(batch.x0(), epsilon, t -> components.process().marginal(t + 1));
    SDVariable output = batch.apply(GENERATOR, generatorInputs(batch, xtp1));
    SDVariable expected =
        batch.diffuse(batch.x0(), epsilon, t -> DenoisingTarget.output(components, t));
    SDVariable scaled =
        output.sub(expected).mul(batch.perTimestep(t -> target.scale(components, t)));
    SDVariable loss =
        batch.sameDiff().math().square(scaled).reshape(batch.size(), batch.shape().size()).mean(1);
    batch.report("generator-loss", loss);
    return loss;
  }
}
