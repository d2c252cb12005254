package io.ddgan.losses;

import io.ddgan.api.AdversarialTerms;
import io.ddgan.api.Batch;
import io.ddgan.api.Conditions;
import io.ddgan.api.ExperimentComponents;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
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
 * x_t. That a generated x_t also suits the x_{t+1} that it was made of is the auxiliary forward
 * diffusion's part: given a generated x_t, x_{t+1} must be as the forward process makes it of x_t,
 * in the sense of KL(p(x_{t+1} | x_t) || q(x_{t+1} | x_t)).
 *
 * <p>With e = (x_{t+1} - signal * x_t) / noise, where signal and noise are the scales of q(x_{t+1}
 * | x_t), the cross entropy of this divergence is {@code mean(e^2)}, and its entropy what a
 * regressor R leaves of it, {@code mean((e - R(x_t, t))^2)}: both are means over the numbers of an
 * example, without the factor 1/2. The generator pays for the cross entropy and, with {@code
 * entropy}, is paid for the entropy; the regressor, a network like the generator without latent
 * vectors, is trained by least squares. There it shares layers with the discriminator. Such a
 * regressor knows means alone: with it the term is the divergence if p(x_{t+1} | x_t) is Gaussian
 * with q's variance, and else a lower bound, which is 0 as soon as the means are right.
 *
 * <p>The paper prints the cross entropy with the real x_t of the pair in place of x_{t+1}: {@code
 * mean((signal * (x_t - x_t') / noise)^2)} for a generated x_t'. Its expectation is another, as
 * x_t' depends on the noise of x_{t+1}: it draws x_t' to the mean of q(x_t | x_{t+1}), and the
 * divergence, without its entropy, to x_{t+1} / signal. {@code forwardTarget} chooses.
 *
 * <p>The regulariser of the discriminator is a second head, which estimates x_0 of real x_t by
 * least squares; where examples are augmented, of x_0 augmented alike.
 */
public record SemiImplicitObjective(
    @Key("whether the generator's latent vectors are normal, or none: each step a single Gaussian")
        Latent latent,
    @Key(value = "weight of the auxiliary forward diffusion, which ties x_t to x_{t+1}", min = 0)
        Ramp forwardWeight,
    @Key("what x_t is compared with: xtp1, the noisier example, or xt, the real x_t of the pair")
        Target forwardTarget,
    @Key("its weight by t: over the variance of the step's noise, or none")
        Weighting forwardWeighting,
    @Key("whether a regressor's share of it is taken off, for a divergence or a lower bound of it")
        boolean entropy,
    @Key(value = "weight of the discriminator's estimate of x_0 of real examples", min = 0)
        Ramp denoisingWeight)
    implements Objective {

  private static final String REGRESSOR = "regressor";

  /** What the auxiliary forward diffusion compares a generated x_t with. */
  public enum Target {
    /** With x_{t+1}, given which it was made, as the divergence does. */
    XTP1,
    /** With the real x_t of that x_{t+1}, as the paper prints it. */
    XT
  }

  /** How the auxiliary forward diffusion is weighted by t. */
  public enum Weighting {
    /** By 1 / noise^2, as the divergence has it. */
    INVERSE_VARIANCE,
    /** By 1: squared differences between x_{t+1} and what x_t lets expect of it. */
    NONE
  }

  @Override
  public Map<String, Network> networks(ExperimentComponents components) {
    Map<String, Network> networks = new LinkedHashMap<>();
    networks.put(GENERATOR, components.generator());
    networks.put(DISCRIMINATOR, judge(components));
    if (hasRegressor()) {
      networks.put(REGRESSOR, components.generator());
    }
    return networks;
  }

  private Network judge(ExperimentComponents components) {
    return denoisingWeight.isZero()
        ? components.requireDiscriminator()
        : components
            .requireDiscriminator()
            .withDenoisingHead()
            .orElseThrow(
                () ->
                    new RefusedException(
                        "this discriminator cannot denoise; set objective.denoising-weight = 0, or"
                            + " choose one that can, such as mlp, small or large"));
  }

  private boolean hasRegressor() {
    return entropy && !forwardWeight.isZero();
  }

  @Override
  public List<Phase> phases(ExperimentComponents components) {
    List<Phase> phases = new ArrayList<>();
    phases.add(Phase.of(DISCRIMINATOR, batch -> discriminatorLoss(batch, components)));
    if (hasRegressor()) {
      phases.add(Phase.of(REGRESSOR, batch -> regressorLoss(batch, components)));
    }
    phases.add(Phase.of(GENERATOR, batch -> generatorLoss(batch, components)));
    return phases;
  }

  @Override
  public Inputs generatorInputs(Conditions given, SDVariable xtp1) {
    return latent.of(given, Objective.super.generatorInputs(given, xtp1));
  }

  private SDVariable discriminatorLoss(Batch batch, ExperimentComponents components) {
    Map<SDVariable, SDVariable> judged = new LinkedHashMap<>();
    AdversarialTerms terms =
        new AdversarialTerms(
            components, (b, xt) -> logits(b, judged.computeIfAbsent(xt, c -> judgement(b, c))));
    SDVariable real = batch.xt();
    SDVariable loss = terms.discriminator(batch, real, fake(batch, true));
    if (denoisingWeight.isZero()) {
      return loss;
    }
    int size = batch.shape().size();
    SDVariable estimate =
        batch
            .sameDiff()
            .slice(judged.get(real), new int[] {0, 1}, batch.size(), size)
            .reshape(batch.shape().batch(batch.size()));
    SDVariable error = meanSquare(batch, estimate.sub(batch.augmented(batch.data())));
    batch.report("denoising-loss", error);
    return loss.add(error.mean().mul(batch.number(denoisingWeight)));
  }

  private SDVariable regressorLoss(Batch batch, ExperimentComponents components) {
    SDVariable fake = fake(batch, true);
    SDVariable loss = meanSquare(batch, unexplained(batch, noise(batch, components, fake), fake));
    batch.report("regressor-loss", loss);
    return loss;
  }

  private SDVariable generatorLoss(Batch batch, ExperimentComponents components) {
    AdversarialTerms terms = new AdversarialTerms(components, (b, x) -> logits(b, judgement(b, x)));
    SDVariable fake = fake(batch, false);
    SDVariable loss = terms.generator(batch, batch.xt(), fake);
    if (forwardWeight.isZero()) {
      return loss;
    }
    SDVariable noise = noise(batch, components, fake);
    SDVariable crossed =
        forwardTarget == Target.XTP1 ? noise : noise.sub(noise(batch, components, batch.xt()));
    SDVariable forward = meanSquare(batch, crossed);
    if (entropy) {
      forward = forward.sub(meanSquare(batch, unexplained(batch, noise, fake)));
    }
    if (forwardWeighting == Weighting.NONE) {
      SDVariable variance =
          batch.byTime(t -> Math.pow(components.process().transition(t + 1).noise(), 2));
      forward = forward.mul(variance.reshape(batch.size()));
    }
    batch.report("forward-loss", forward);
    return loss.add(forward.mul(batch.number(forwardWeight)));
  }

  private SDVariable fake(Batch batch, boolean isFixed) {
    Inputs inputs = generatorInputs(batch, batch.xtp1());
    return batch.reverse(
        isFixed ? batch.applyFrozen(GENERATOR, inputs) : batch.apply(GENERATOR, inputs));
  }

  /** What the discriminator says of x_t: {@code [N]}, or {@code [N, 1 + size]} if it denoises. */
  private static SDVariable judgement(Batch batch, SDVariable xt) {
    return batch.apply(
        DISCRIMINATOR,
        batch
            .inputs()
            .with(Inputs.XT, batch.augmented(xt))
            .with(Inputs.XTP1, batch.zeros(Inputs.XTP1)));
  }

  private SDVariable logits(Batch batch, SDVariable judgement) {
    return denoisingWeight.isZero()
        ? judgement
        : batch
            .sameDiff()
            .slice(judgement, new int[] {0, 0}, batch.size(), 1)
            .reshape(batch.size());
  }

  /** The noise e that takes x_t to x_{t+1}, {@code [N, ...shape]}. */
  private static SDVariable noise(Batch batch, ExperimentComponents components, SDVariable xt) {
    SDVariable signal = batch.byTime(t -> components.process().transition(t + 1).signal());
    SDVariable noise = batch.byTime(t -> components.process().transition(t + 1).noise());
    return batch.xtp1().sub(xt.mul(signal)).div(noise);
  }

  /** What the regressor leaves of that noise, {@code [N, ...shape]}. */
  private static SDVariable unexplained(Batch batch, SDVariable noise, SDVariable xt) {
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
