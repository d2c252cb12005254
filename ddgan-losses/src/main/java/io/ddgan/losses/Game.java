package io.ddgan.losses;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.api.Batch;
import io.ddgan.api.Cadence;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Inputs;
import io.ddgan.api.Objective;
import io.ddgan.api.Parts;
import java.util.List;
import java.util.function.BiFunction;
import org.nd4j.autodiff.samediff.SDVariable;

/** What the two players pay for examples x_t, real and generated, however these were made. */
final class Game {

  private final AdversarialLoss loss;
  private final List<GradientPenalty> penalties;
  private final BiFunction<Batch, SDVariable, Inputs> inputs;

  /**
   * A game with the configured loss and penalties.
   *
   * @param inputs what the discriminator is given of a batch, with some x_t
   */
  Game(Parts parts, BiFunction<Batch, SDVariable, Inputs> inputs) {
    this.loss = parts.requireLoss();
    this.penalties = parts.penalties();
    this.inputs = inputs;
  }

  private SDVariable logits(Batch batch, SDVariable cleaner) {
    return batch.apply(Objective.DISCRIMINATOR, inputs.apply(batch, cleaner));
  }

  /** What the discriminator pays with its penalties, given generated x_t. */
  SDVariable discriminator(Batch batch, SDVariable fake) {
    SDVariable real = batch.cleaner();
    SDVariable realLogits = logits(batch, real);
    SDVariable fakeLogits = logits(batch, fake);
    loss.discriminatorParts(realLogits, fakeLogits)
        .forEach((name, part) -> batch.report("discriminator-loss-" + name, part));
    SDVariable paid = loss.discriminator(realLogits, fakeLogits);
    batch.report("discriminator-loss", paid);
    batch.report("logit-real", realLogits);
    batch.report("logit-fake", fakeLogits);
    SDVariable total = paid.mean();
    for (int i = 0; i < penalties.size(); i++) {
      GradientPenalty penalty = penalties.get(i);
      if (batch.isDue(new Cadence(penalty.every()))) {
        SDVariable value =
            switch (penalty.place()) {
              case REAL -> batch.penalty(penalty, real, realLogits);
              case GENERATED -> batch.penalty(penalty, fake, fakeLogits);
              case BETWEEN -> {
                SDVariable share = batch.uniform("between");
                SDVariable between = real.mul(share).add(fake.mul(share.rsub(1)));
                SDVariable point = batch.constant(between);
                yield batch.penalty(penalty, point, logits(batch, point));
              }
            };
        batch.report(i == 0 ? "penalty" : "penalty-" + (i + 1), value);
        total = total.add(value);
      }
    }
    return total;
  }

  /** What the generator pays, given the x_t that it has made. */
  SDVariable generator(Batch batch, SDVariable fake) {
    SDVariable fakeLogits = logits(batch, fake);
    SDVariable realLogits = logits(batch, batch.cleaner());
    SDVariable paid = loss.generator(realLogits, fakeLogits);
    batch.report("generator-loss", paid);
    return paid.mean();
  }
}
