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
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The semi-implicit denoising diffusion model (Xu et al., 2023, arXiv 2306.12511, section 3). The
 * discriminator sees x_t and t alone, so the adversarial loss matches the marginal distribution of
 * x_t. An auxiliary forward diffusion ties a generated x_t to its x_{t+1}: it minimises
 * KL(p(x_{t+1} | x_t) || q(x_{t+1} | x_t)), where q is the forward process.
 *
 * <p>Let e = (x_{t+1} - signal * x_t) / noise with the scales of q(x_{t+1} | x_t). The cross
 * entropy of this divergence is {@code mean(e^2)}. Its entropy is the residual of a regressor R,
 * {@code mean((e - R(x_t, t))^2)}. Both are means over the numbers of an example, without the
 * factor 1/2. The generator's loss is the cross entropy minus, with {@code entropy}, the entropy.
 * The regressor, a network like the generator without latent vectors, is trained by least squares;
 * in the paper it shares layers with the discriminator. A regressor predicts only means. The term
 * is therefore the divergence if p(x_{t+1} | x_t) is Gaussian with q's variance, and otherwise a
 * lower bound that is 0 if the means match.
 *
 * <p>The paper prints the cross entropy with the real x_t of the pair in place of x_{t+1}: {@code
 * mean((signal * (x_t - x_t') / noise)^2)} for a generated x_t'. Its expectation differs, as x_t'
 * depends on the noise of x_{t+1}. It pulls x_t' to the mean of q(x_t | x_{t+1}); the divergence
 * without its entropy pulls it to x_{t+1} / signal. {@code forwardTarget} selects one.
 *
 * <p>The discriminator's regulariser is a second head, which predicts x_0 from real x_t by least
 * squares. Augmented inputs have an x_0 target that is augmented alike.
 */
public record SemiImplicitObjective(
    @Key("distribution of the latent vectors: normal, or none for Gaussian steps")
        Latent latentDistribution,
    @Key(value = "weight of the auxiliary forward diffusion, which ties x_t to x_{t+1}", min = 0)
        Ramp forwardWeight,
    @Key("target of the forward term: xtp1, or xt (the real x_t of the pair)") Target forwardTarget,
    @Key("weighting of the forward term by t: by the inverse noise variance of the step, or none")
        Weighting forwardWeighting,
    @Key("whether to subtract the entropy, estimated by a regressor, from the forward term")
        boolean subtractEntropy,
    @Key(value = "weight of the discriminator's x_0 prediction on real examples", min = 0)
        Ramp denoisingWeight)
    implements Objective {

  private static final String REGRESSOR = "regressor";

  /** The target that a generated x_t is compared with. */
  public enum Target {
    /** The x_{t+1} it was generated from, as in the divergence. */
    XTP1,
    /** The real x_t of that x_{t+1}, as printed in the paper. */
    XT
  }

  /** The weighting of the auxiliary forward diffusion by t. */
  public enum Weighting {
    /** By 1 / noise^2, as in the divergence. */
    INVERSE_VARIANCE,
    /** By 1: squared differences between x_{t+1} and its mean given x_t. */
    NONE
  }

  @Override
  public Map<String, Network> networks(ObjectiveComponents components) {
    Map<String, Network> networks = new LinkedHashMap<>();
    networks.put(GENERATOR, components.generator());
    networks.put(DISCRIMINATOR, discriminator(components));
    if (hasRegressor()) {
      networks.put(REGRESSOR, components.generator());
    }
    return networks;
  }

  private Network discriminator(ObjectiveComponents components) {
    return denoisingWeight.isZero()
        ? components.requireDiscriminator()
        : components
            .requireDiscriminator()
            .withDenoisingHead()
            .orElseThrow(
                () ->
                    new RefusedException(
                        "this discriminator cannot denoise; set objective.denoising-weight = 0, or"
                            + " choose mlp, small or large"));
  }

  private boolean hasRegressor() {
    return subtractEntropy && !forwardWeight.isZero();
  }

  @Override
  public List<Phase> phases(ObjectiveComponents components) {
    List<Phase> phases = new ArrayList<>();
    phases.add(Phase.of(DISCRIMINATOR, batch -> discriminatorLoss(batch, components)));
    if (hasRegressor()) {
      phases.add(Phase.of(REGRESSOR, batch -> regressorLoss(batch, components)));
    }
    phases.add(Phase.of(GENERATOR, batch -> generatorLoss(batch, components)));
    return phases;
  }

  @Override
  public Inputs generatorInputs(ConditioningInputs given, SDVariable xtp1) {
    return latentDistribution.of(given, Objective.super.generatorInputs(given, xtp1));
  }

  private SDVariable discriminatorLoss(Batch batch, ObjectiveComponents components) {
    Map<SDVariable, SDVariable> outputs = new LinkedHashMap<>();
    PenalisedAdversarialLoss terms =
        new PenalisedAdversarialLoss(
            components, (b, xt) -> logits(b, outputs.computeIfAbsent(xt, x -> output(b, x))));
    SDVariable real = batch.xt();
    SDVariable loss = terms.discriminatorLoss(batch, real, fake(batch, true));
    if (denoisingWeight.isZero()) {
      return loss;
    }
    int size = batch.shape().size();
    SDVariable estimate =
        batch
            .sameDiff()
            .slice(outputs.get(real), new int[] {0, 1}, batch.size(), size)
            .reshape(batch.shape().batch(batch.size()));
    SDVariable error = meanSquare(batch, estimate.sub(batch.augment(batch.x0())));
    batch.report("denoising-loss", error);
    return loss.add(error.mean().mul(batch.number(denoisingWeight)));
  }

  private SDVariable regressorLoss(Batch batch, ObjectiveComponents components) {
    SDVariable fake = fake(batch, true);
    SDVariable loss = meanSquare(batch, residual(batch, noise(batch, components, fake), fake));
    batch.report("regressor-loss", loss);
    return loss;
  }

  private SDVariable generatorLoss(Batch batch, ObjectiveComponents components) {
    PenalisedAdversarialLoss terms =
        new PenalisedAdversarialLoss(components, (b, x) -> logits(b, output(b, x)));
    SDVariable fake = fake(batch, false);
    SDVariable loss = terms.generatorLoss(batch, batch.xt(), fake);
    if (forwardWeight.isZero()) {
      return loss;
    }
    SDVariable noise = noise(batch, components, fake);
    SDVariable error =
        forwardTarget == Target.XTP1 ? noise : noise.sub(noise(batch, components, batch.xt()));
    SDVariable forward = meanSquare(batch, error);
    if (subtractEntropy) {
      forward = forward.sub(meanSquare(batch, residual(batch, noise, fake)));
    }
    if (forwardWeighting == Weighting.NONE) {
      SDVariable variance =
          batch.perTimestep(t -> Math.pow(components.process().transition(t + 1).noise(), 2));
      forward = forward.mul(variance.reshape(batch.size()));
    }
    batch.report("forward-loss", forward);
    return loss.add(forward.mul(batch.number(forwardWeight)));
  }

  private SDVariable fake(Batch batch, boolean isFixed) {
    Inputs inputs = generatorInputs(batch, batch.xtp1());
    return batch.reverseStep(
        isFixed ? batch.applyDetached(GENERATOR, inputs) : batch.apply(GENERATOR, inputs));
  }

  /**
   * The discriminator's output for x_t: {@code [N]}, or {@code [N, 1 + size]} with a denoising
   * head.
   */
  private static SDVariable output(Batch batch, SDVariable xt) {
    return batch.apply(
        DISCRIMINATOR,
        batch
            .inputs()
            .with(Inputs.XT, batch.augment(xt))
            .with(Inputs.XTP1, batch.zeros(Inputs.XTP1)));
  }

  private SDVariable logits(Batch batch, SDVariable output) {
    return denoisingWeight.isZero()
        ? output
        : batch.sameDiff().slice(output, new int[] {0, 0}, batch.size(), 1).reshape(batch.size());
  }

  /** The noise e between x_t and x_{t+1}, {@code [N, ...shape]}. */
  private static SDVariable noise(Batch batch, ObjectiveComponents components, SDVariable xt) {
    SDVariable signal = batch.perTimestep(t -> components.process().transition(t + 1).signal());
    SDVariable noise = batch.perTimestep(t -> components.process().transition(t + 1).noise());
    return batch.xtp1().sub(xt.mul(signal)).div(noise);
  }

  /** The residual of the regressor's prediction of that noise, {@code [N, ...shape]}. */
  private static SDVariable residual(Batch batch, SDVariable noise, SDVariable xt) {
    Inputs inputs =
        batch.inputs().with(Inputs.XTP1, xt).with(Inputs.LATENT, batch.zeros(Inputs.LATENT));
    return noise.sub(batch.apply(REGRESSOR, inputs));
  }

  /** {@code [N]} */
  private static SDVariable meanSquare(Batch batch, SDVariable values) {
    SDVariable squares = batch.sameDiff().math().square(values);
    return squares.reshape(batch.size(), batch.shape().size()).mean(1);
  }
}
