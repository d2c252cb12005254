package io.ddgan.losses;

import io.ddgan.api.AdversarialGame;
import io.ddgan.api.Batch;
import io.ddgan.api.Conditions;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.Parts;
import io.ddgan.api.Phase;
import io.ddgan.api.RefusedException;
import io.ddgan.api.ReverseStep.Coefficients;
import io.ddgan.api.Sampler;
import io.ddgan.api.Sampler.Evaluation;
import io.ddgan.config.Key;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A one-shot generator with diffusion as augmentation (Xiao et al., 2022, section 5.2): the
 * generator makes x_0 of pure noise at once, and real and generated x_0 are both diffused to x_t
 * before the discriminator sees them, which does not see x_{t+1}. With a single denoising step
 * nothing is diffused: a plain GAN.
 */
public record OneShotObjective(
    @Key("whether the generator's latent vectors are normal, or none") Latent latent,
    @Key("whether the discriminator sees the time") boolean discriminatorSeesTime)
    implements Objective {

  @Override
  public Map<String, Network> networks(Parts parts) {
    return Map.of(GENERATOR, parts.generator(), DISCRIMINATOR, parts.requireDiscriminator());
  }

  @Override
  public List<Phase> phases(Parts parts) {
    AdversarialGame game = new AdversarialGame(parts, (batch, x) -> logits(batch, x, batch.time()));
    return List.of(
        Phase.of(
            DISCRIMINATOR, batch -> game.discriminator(batch, batch.cleaner(), fake(parts, batch))),
        Phase.of(GENERATOR, batch -> game.generator(batch, batch.cleaner(), fake(parts, batch))));
  }

  /** The time tells nothing of pure noise. */
  @Override
  public Inputs generatorInputs(Conditions given, SDVariable noisier) {
    Inputs inputs = Objective.super.generatorInputs(given, noisier);
    return latent.of(given, inputs.with(Inputs.TIME, given.blank(Inputs.TIME)));
  }

  /** One evaluation, whose input is pure noise and whose output is the example. */
  @Override
  public List<Evaluation> path(Sampler sampler, Parts parts) {
    List<Integer> times =
        sampler.path(parts.process(), parts.reverse()).stream().map(Evaluation::t).toList();
    int steps = parts.process().steps();
    if (!times.equals(IntStream.range(0, steps).map(i -> steps - 1 - i).boxed().toList())) {
      throw new RefusedException(
          "a one-shot generator is evaluated once, whatever the sampler; set sampler.type = chain");
    }
    return List.of(new Evaluation(parts.process().steps() - 1, new Coefficients(1, 0, 0)));
  }

  private SDVariable fake(Parts parts, Batch batch) {
    SDVariable data = batch.apply(GENERATOR, generatorInputs(batch, batch.normal("start")));
    return batch.diffuse(data, batch.normal("diffusion"), t -> parts.process().fromData(t));
  }

  /**
   * The logits of examples.
   *
   * @param time what they are diffused to, {@code [N]}
   */
  SDVariable logits(Batch batch, SDVariable cleaner, SDVariable time) {
    Inputs inputs =
        batch
            .inputs()
            .with(Inputs.CLEANER, batch.augmented(cleaner))
            .with(Inputs.NOISIER, batch.blank(Inputs.NOISIER));
    return batch.apply(
        DISCRIMINATOR,
        inputs.with(Inputs.TIME, discriminatorSeesTime ? time : batch.blank(Inputs.TIME)));
  }
}
