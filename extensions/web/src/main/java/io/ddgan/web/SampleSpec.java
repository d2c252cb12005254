package io.ddgan.web;

import io.ddgan.api.Model;
import io.ddgan.api.Model.Draw;
import io.ddgan.api.SampleNoise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How an example of the playground is made. The same recipe is the same example.
 *
 * @param seed the seed whose first example it is
 * @param label its class; drawn if null
 * @param between another seed on the way to whose first example it is, if it is on one; else null
 * @param latents for every evaluation the number of the example of the seed whose latent vector it
 *     has: 0, or none, for its own
 */
record SampleSpec(long seed, Integer label, Between between, List<Integer> latents) {

  /**
   * A place on the way to another example.
   *
   * @param seed the seed whose first example that is
   * @param share 0 for this example, 1 for the other
   */
  record Between(long seed, double share) {}

  SampleSpec {
    latents = latents == null ? List.of() : List.copyOf(latents);
  }

  /** The same with the latent vector of another example in an evaluation. */
  SampleSpec withLatent(int evaluation, int number) {
    List<Integer> changed = new ArrayList<>(latents);
    while (changed.size() <= evaluation) {
      changed.add(0);
    }
    changed.set(evaluation, number);
    return new SampleSpec(seed, label, between, changed);
  }

  /**
   * What the example comes from.
   *
   * @throws io.ddgan.api.RefusedException if it is no example of the model; the message says why
   */
  SampleNoise origin(Model model) {
    WebCommand.require(
        latents.size() <= model.networkEvaluations(),
        "there are %d evaluations to have latent vectors".formatted(model.networkEvaluations()));
    SampleNoise origin = drawn(model, seed, 0);
    if (between != null) {
      origin = origin.between(drawn(model, between.seed(), 0), between.share());
    }
    for (int i = 0; i < latents.size(); i++) {
      if (latents.get(i) != 0) {
        origin = origin.withLatent(i, drawn(model, seed, latents.get(i)).latent(i));
      }
    }
    return origin;
  }

  /** What an example of the recipe's class is drawn from. */
  SampleNoise drawn(Model model, long seed, long number) {
    return model.origin(new Draw(seed, number, Optional.ofNullable(label), Optional.empty()));
  }
}
