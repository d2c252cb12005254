package org.example.ddgan;

import io.ddgan.api.PenalisedAdversarialLoss;
import io.ddgan.api.Batch;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.Phase;
import io.ddgan.api.Ramp;
import io.ddgan.config.Key;
import io.ddgan.layers.Dense;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A denoising diffusion GAN with latent recovery, as in InfoGAN (Chen et al., 2016, equation 5): a third
 * network, the encoder, predicts z from a generated x_t by least squares, and its error is added to
 * the generator's loss. For unit variance this is their bound of the mutual information, up to
 * constants.
 *
 * @param weight weight of the recovery error in the generator's loss
 * @param width units of the encoder's hidden layer
 */
public record LatentRecoveryObjective(
    @Key(value = "weight of the recovery error in the generator's loss", min = 0) Ramp weight,
    @Key(value = "units of the encoder's hidden layer", min = 1) int width)
    implements Objective {

  private static final String ENCODER = "encoder";

  @Override
  public Map<String, Network> networks(ObjectiveComponents components) {
    return Map.of(
        GENERATOR,
        components.generator(),
        DISCRIMINATOR,
        components.requireDiscriminator(),
        ENCODER,
        new Encoder(width, components.generator().latentSize()));
  }

  @Override
  public List<Phase> phases(ObjectiveComponents components) {
    PenalisedAdversarialLoss terms = new PenalisedAdversarialLoss(components, LatentRecoveryObjective::logits);
    return List.of(
        Phase.of(
            DISCRIMINATOR,
            batch -> terms.discriminatorLoss(batch, batch.xt(), fakeWithoutGradient(batch))),
        Phase.of(
            ENCODER,
            batch -> {
              SDVariable loss = unrecovered(batch, fakeWithoutGradient(batch));
              batch.report("encoder-loss", loss);
              return loss;
            }),
        Phase.of(
            GENERATOR,
            batch -> {
              SDVariable fake =
                  batch.reverseStep(batch.apply(GENERATOR, generatorInputs(batch, batch.xtp1())));
              SDVariable loss = terms.generatorLoss(batch, batch.xt(), fake);
              SDVariable unrecovered = unrecovered(batch, fake);
              batch.report("unrecovered", unrecovered);
              return loss.add(unrecovered.mul(batch.number(weight)));
            }));
  }

  private SDVariable fakeWithoutGradient(Batch batch) {
    return batch.reverseStep(batch.applyDetached(GENERATOR, generatorInputs(batch, batch.xtp1())));
  }

  private static SDVariable logits(Batch batch, SDVariable xt) {
    return batch.apply(
        DISCRIMINATOR,
        batch
            .inputs()
            .with(Inputs.XT, batch.augment(xt))
            .with(Inputs.XTP1, batch.augment(batch.xtp1())));
  }

  /** Returns the mean squared error of the encoder's prediction of z, {@code [N]}. */
  private static SDVariable unrecovered(Batch batch, SDVariable fake) {
    SDVariable estimate = batch.apply(ENCODER, batch.inputs().with(Inputs.XT, fake));
    return batch.sameDiff().math().square(estimate.sub(batch.latent())).mean(1);
  }

  /** An encoder with one hidden layer that maps x_t and t to {@code [N, latentSize]}. */
  private record Encoder(int width, int latentSize) implements Network {

    @Override
    public SDVariable forward(ParameterScope p, Inputs inputs) {
      int size = p.shape().size();
      SDVariable seen =
          p.sameDiff()
              .concat(
                  1,
                  inputs.xt().reshape(p.batch(), size),
                  inputs.time().reshape(p.batch(), 1));
      SDVariable hidden = Dense.of(size + 1, width).apply(p.child("hidden"), seen);
      return Dense.of(width, latentSize).apply(p.child("output"), p.sameDiff().math().tanh(hidden));
    }
  }
}
