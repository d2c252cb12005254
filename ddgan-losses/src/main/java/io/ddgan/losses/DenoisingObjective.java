package io.ddgan.losses;

import io.ddgan.api.Batch;
import io.ddgan.api.Conditions;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.Parts;
import io.ddgan.api.Phase;
import io.ddgan.config.Key;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A denoiser: the generator tells the noise in x_{t+1} from the data, by a mean squared error.
 * There is no discriminator.
 */
public record DenoisingObjective(
    @Key("whether the generator's latent vectors are normal, or none") Latent latent,
    @Key("what the squared error is of: the noise, or what the generator gives")
        DenoisingError error)
    implements Objective {

  @Override
  public Map<String, Network> networks(Parts parts) {
    Estimate.require(parts, "a denoiser is");
    return Map.of(GENERATOR, parts.generator());
  }

  @Override
  public List<Phase> phases(Parts parts) {
    return List.of(Phase.of(GENERATOR, batch -> loss(parts, batch)));
  }

  @Override
  public Inputs generatorInputs(Conditions given, SDVariable noisier) {
    return latent.of(given, Objective.super.generatorInputs(given, noisier));
  }

  private SDVariable loss(Parts parts, Batch batch) {
    SDVariable epsilon = batch.normal("epsilon");
    SDVariable noisier = batch.diffuse(batch.data(), epsilon, t -> parts.process().fromData(t + 1));
    SDVariable output = batch.apply(GENERATOR, generatorInputs(batch, noisier));
    SDVariable target = batch.diffuse(batch.data(), epsilon, t -> DenoisingError.target(parts, t));
    SDVariable scaled = output.sub(target).mul(batch.byTime(t -> error.scale(parts, t)));
    SDVariable loss =
        batch.sameDiff().math().square(scaled).reshape(batch.size(), batch.shape().size()).mean(1);
    batch.report("generator-loss", loss);
    return loss;
  }
}
