package io.ddgan.api;

import java.util.List;
import java.util.function.BiFunction;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The adversarial loss and the penalties as terms of two phases' losses. Reports the columns {@code
 * discriminator-loss} and its parts, {@code logit-real}, {@code logit-fake}, {@code penalty} (the
 * others {@code penalty-2} and so on) and {@code generator-loss}. Gives the signal {@value
 * #OVERFITTING}. Draws {@code uniform("between")} for penalties between real and generated
 * examples.
 */
public final class PenalisedAdversarialLoss {

  /**
   * The signal that adaptive numbers follow by default (Karras et al., 2020, equation 1): the sign
   * of the logits of real examples, near 1 when the discriminator has memorised the data and near 0
   * when it cannot separate real from fake. It needs a loss that separates logits at 0.
   */
  public static final String OVERFITTING = "overfitting";

  private final AdversarialLoss loss;
  private final List<GradientPenalty> penalties;
  private final BiFunction<Batch, SDVariable, SDVariable> logits;

  /**
   * Uses the configured loss and penalties.
   *
   * @param logits adds the discriminator to a batch's graph: the logits {@code [N]} of examples
   *     {@code [N, ...shape]}, each call of other examples
   * @throws RefusedException if no loss is configured
   */
  public PenalisedAdversarialLoss(
      ObjectiveComponents components, BiFunction<Batch, SDVariable, SDVariable> logits) {
    this(components.requireLoss(), components.penalties(), logits);
  }

  /**
   * Uses the given loss in place of the configured one.
   *
   * @param penalties the penalties, usually {@link ObjectiveComponents#penalties()}
   * @param logits as above
   */
  public PenalisedAdversarialLoss(
      AdversarialLoss loss,
      List<GradientPenalty> penalties,
      BiFunction<Batch, SDVariable, SDVariable> logits) {
    this.loss = loss;
    this.penalties = List.copyOf(penalties);
    this.logits = logits;
  }

  /**
   * The discriminator's loss on as many real as generated examples, {@code [N, ...shape]} each,
   * with the penalties that are due, as a scalar. No gradient flows into the generated examples.
   */
  public SDVariable discriminatorLoss(Batch batch, SDVariable real, SDVariable fake) {
    SDVariable fixed = batch.stopGradient(fake);
    SDVariable realLogits = logits.apply(batch, real);
    SDVariable fakeLogits = logits.apply(batch, fixed);
    loss.discriminatorTerms(realLogits, fakeLogits)
        .forEach((name, part) -> batch.report("discriminator-loss-" + name, part));
    SDVariable perExample = loss.discriminatorLoss(realLogits, fakeLogits);
    batch.report("discriminator-loss", perExample);
    batch.report("logit-real", realLogits);
    batch.report("logit-fake", fakeLogits);
    batch.controlSignal(OVERFITTING, batch.sameDiff().math().sign(realLogits));
    SDVariable total = perExample.mean();
    for (int i = 0; i < penalties.size(); i++) {
      GradientPenalty penalty = penalties.get(i);
      if (batch.isDue(penalty.interval())) {
        SDVariable value =
            switch (penalty.at()) {
              case REAL -> batch.penalty(penalty, real, realLogits);
              case GENERATED -> batch.penalty(penalty, fixed, fakeLogits);
              case INTERPOLATED -> {
                SDVariable share = batch.uniform("between");
                SDVariable between = real.mul(share).add(fixed.mul(share.rsub(1)));
                SDVariable point = batch.stopGradient(between);
                yield batch.penalty(penalty, point, logits.apply(batch, point));
              }
            };
        batch.report(i == 0 ? "penalty" : "penalty-" + (i + 1), value);
        total = total.add(value);
      }
    }
    return total;
  }

  /**
   * The generator's loss, {@code [N]}.
   *
   * @param real real examples, {@code [N, ...shape]}, which are computed only for losses that
   *     compare
   * @param fake the generator's examples, {@code [N, ...shape]}
   */
  public SDVariable generatorLoss(Batch batch, SDVariable real, SDVariable fake) {
    SDVariable perExample =
        loss.generatorLoss(logits.apply(batch, real), logits.apply(batch, fake));
    batch.report("generator-loss", perExample);
    return perExample;
  }
}
