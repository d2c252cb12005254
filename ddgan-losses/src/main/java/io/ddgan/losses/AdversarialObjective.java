package io.ddgan.losses;

import io.ddgan.api.AdversarialGame;
import io.ddgan.api.Batch;
import io.ddgan.api.Conditions;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.Parts;
import io.ddgan.api.Phase;
import io.ddgan.api.Ramp;
import io.ddgan.config.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.ops.SDMath;

/**
 * The denoising diffusion GAN (Xiao et al., 2022, equation 4): the discriminator tells real pairs
 * of x_t and x_{t+1} from those whose x_t the generator has made of x_{t+1}. Where asked for, the
 * generator also stays close to the data: the reconstruction term of Phung et al. (2023, equation
 * 10), the distance between x_0 and its estimate.
 */
public record AdversarialObjective(
    @Key("whether the generator's latent vectors are normal, or none: each step a single Gaussian")
        Latent latent,
    @Key("what the discriminator is given besides x_t") DiscriminatorSees discriminatorSees,
    @Key(value = "weight of the distance between real and estimated x_0", min = 0)
        Ramp reconstructionWeight,
    @Key("how the real and the estimated x_0 are compared: mean absolute or squared difference")
        Distance reconstructionDistance,
    @Key("its weight by t: the scale of x_0 in x_{t+1}, or none")
        ReconstructionScale reconstructionScale)
    implements Objective {

  /**
   * What the discriminator is given besides x_t.
   *
   * @param noisier x_{t+1}
   * @param time the time t
   */
  public record DiscriminatorSees(
      @Key("whether it sees x_{t+1}") boolean noisier,
      @Key("whether it sees the time") boolean time) {}

  /** How far an estimate is from the data. */
  public enum Distance {
    /** Mean absolute difference, least at the median: what few possible x_0 have is left out. */
    ABSOLUTE,
    /** Mean squared difference, least at the mean, as in denoising diffusion. */
    SQUARED;

    private SDVariable of(SDVariable difference) {
      SDMath math = difference.getSameDiff().math();
      return this == SQUARED ? math.square(difference) : math.abs(difference);
    }
  }

  /** How the reconstruction is weighted by t. */
  public enum ReconstructionScale {
    /** By 1. */
    NONE,
    /**
     * By sqrt(alpha_bar_{t+1}), the scale of x_0 in x_{t+1}. Where hardly anything of x_0 is left,
     * the distance asks for the same estimate of all, and the game is to decide.
     */
    SIGNAL
  }

  @Override
  public Map<String, Network> networks(Parts parts) {
    if (!reconstructionWeight.isZero()) {
      Estimate.require(parts, "a reconstruction term");
    }
    return Map.of(GENERATOR, parts.generator(), DISCRIMINATOR, parts.requireDiscriminator());
  }

  @Override
  public List<Phase> phases(Parts parts) {
    AdversarialGame game = new AdversarialGame(parts, this::logits);
    return List.of(
        Phase.of(DISCRIMINATOR, batch -> game.discriminator(batch, batch.cleaner(), fake(batch))),
        Phase.of(GENERATOR, batch -> generatorLoss(parts, game, batch)));
  }

  @Override
  public Inputs generatorInputs(Conditions given, SDVariable noisier) {
    return latent.of(given, Objective.super.generatorInputs(given, noisier));
  }

  private SDVariable output(Batch batch) {
    return batch.apply(GENERATOR, generatorInputs(batch, batch.noisier()));
  }

  private SDVariable fake(Batch batch) {
    return batch.reverse(output(batch));
  }

  private SDVariable generatorLoss(Parts parts, AdversarialGame game, Batch batch) {
    SDVariable output = output(batch);
    SDVariable loss = game.generator(batch, batch.cleaner(), batch.reverse(output)).mean();
    if (!reconstructionWeight.isZero()) {
      SDVariable estimate = Estimate.ofData(parts, batch, output);
      SDVariable distance = reconstructionDistance.of(estimate.sub(batch.data()));
      SDVariable paid = distance.mean();
      batch.report("reconstruction", paid);
      if (reconstructionScale == ReconstructionScale.SIGNAL) {
        IntToDoubleFunction scale = t -> parts.process().fromData(t + 1).signal();
        paid = distance.mul(batch.byTime(scale)).mean();
      }
      loss = loss.add(paid.mul(batch.number(reconstructionWeight)));
    }
    return loss;
  }

  @Override
  public Optional<Inputs> discriminatorInputs(
      Conditions given, SDVariable cleaner, SDVariable noisier) {
    Inputs inputs = given.inputs().with(Inputs.CLEANER, cleaner);
    return Optional.of(
        inputs
            .with(
                Inputs.NOISIER, discriminatorSees.noisier() ? noisier : given.blank(Inputs.NOISIER))
            .with(Inputs.TIME, discriminatorSees.time() ? given.time() : given.blank(Inputs.TIME)));
  }

  private SDVariable logits(Batch batch, SDVariable cleaner) {
    return batch.apply(
        DISCRIMINATOR,
        discriminatorInputs(batch, batch.augmented(cleaner), batch.augmented(batch.noisier()))
            .orElseThrow());
  }
}
