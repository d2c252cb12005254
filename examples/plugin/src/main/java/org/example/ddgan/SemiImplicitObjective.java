package org.example.ddgan;

import io.ddgan.api.AdversarialGame;
import io.ddgan.api.Batch;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.Parts;
import io.ddgan.api.Phase;
import io.ddgan.api.Ramp;
import io.ddgan.config.Key;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The semi-implicit denoising diffusion model (Xu et al., 2023, arXiv 2306.12511). The
 * discriminator sees x_t and t alone, so that the game is about how x_t are distributed. That a
 * generated x_t also suits the x_{t+1} that it was made of is the auxiliary forward diffusion's
 * part: from a generated x_t on, x_{t+1} must look as the forward process makes it of x_t.
 *
 * <p>Let e = (x_{t+1} - signal * x_t) / noise, where signal and noise are the scales of q(x_{t+1} |
 * x_t). If x_t is right, then e is standard normal noise that nothing in x_t tells of. A third
 * network, the regressor, estimates e from x_t as well as it can, by least squares. The generator
 * pays for {@code mean(e^2) - mean((e - regressor)^2)}: how much of e the regressor can tell. The
 * two squares are the cross entropy and the entropy of x_{t+1} given a generated x_t, whose
 * difference is the divergence that the paper's section on the auxiliary forward diffusion
 * minimises; they are means over the numbers of an example, without the factor 1/2. Unlike there,
 * the regressor shares no layers with the discriminator: it is a second network like the generator,
 * without latent vectors.
 *
 * @param weight weight of the auxiliary forward diffusion
 */
public record SemiImplicitObjective(
    @Key(value = "weight of the auxiliary forward diffusion", min = 0) Ramp weight)
    implements Objective {

  private static final String REGRESSOR = "regressor";

  @Override
  public Map<String, Network> networks(Parts parts) {
    return Map.of(
        GENERATOR,
        parts.generator(),
        DISCRIMINATOR,
        parts.requireDiscriminator(),
        REGRESSOR,
        parts.generator());
  }

  @Override
  public List<Phase> phases(Parts parts) {
    AdversarialGame game = new AdversarialGame(parts, SemiImplicitObjective::logits);
    return List.of(
        Phase.of(
            DISCRIMINATOR,
            batch -> game.discriminator(batch, batch.cleaner(), fakeWithoutGradient(batch))),
        Phase.of(REGRESSOR, batch -> regressorLoss(batch, parts)),
        Phase.of(GENERATOR, batch -> generatorLoss(batch, game, parts)));
  }

  private SDVariable regressorLoss(Batch batch, Parts parts) {
    SDVariable fake = fakeWithoutGradient(batch);
    SDVariable loss = meanSquare(batch, unexplained(batch, parts, fake));
    batch.report("regressor-loss", loss);
    return loss;
  }

  private SDVariable generatorLoss(Batch batch, AdversarialGame game, Parts parts) {
    SDVariable fake =
        batch.reverse(batch.apply(GENERATOR, generatorInputs(batch, batch.noisier())));
    SDVariable paid = game.generator(batch, batch.cleaner(), fake);
    SDVariable forward =
        meanSquare(batch, noise(batch, parts, fake))
            .sub(meanSquare(batch, unexplained(batch, parts, fake)));
    batch.report("forward-loss", forward);
    return paid.add(forward.mul(batch.number(weight)));
  }

  private SDVariable fakeWithoutGradient(Batch batch) {
    return batch.reverse(batch.fixed(GENERATOR, generatorInputs(batch, batch.noisier())));
  }

  private static SDVariable logits(Batch batch, SDVariable cleaner) {
    Inputs inputs =
        batch
            .inputs()
            .with(Inputs.CLEANER, batch.augmented(cleaner))
            .with(Inputs.NOISIER, batch.blank(Inputs.NOISIER));
    return batch.apply(DISCRIMINATOR, inputs);
  }

  /** The noise e that takes x_t to x_{t+1}, {@code [N, ...shape]}. */
  private static SDVariable noise(Batch batch, Parts parts, SDVariable cleaner) {
    SDVariable signal = batch.byTime(t -> parts.process().fromPrevious(t + 1).signal());
    SDVariable noise = batch.byTime(t -> parts.process().fromPrevious(t + 1).noise());
    return batch.noisier().sub(cleaner.mul(signal)).div(noise);
  }

  /** What the regressor leaves of that noise, {@code [N, ...shape]}. */
  private static SDVariable unexplained(Batch batch, Parts parts, SDVariable cleaner) {
    Inputs inputs =
        batch
            .inputs()
            .with(Inputs.NOISIER, cleaner)
            .with(Inputs.LATENT, batch.blank(Inputs.LATENT));
    return noise(batch, parts, cleaner).sub(batch.apply(REGRESSOR, inputs));
  }

  /** {@code [N]} */
  private static SDVariable meanSquare(Batch batch, SDVariable values) {
    SDVariable squares = batch.sameDiff().math().square(values);
    return squares.reshape(batch.size(), batch.shape().size()).mean(1);
  }
}
