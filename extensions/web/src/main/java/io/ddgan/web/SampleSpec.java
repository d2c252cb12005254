package io.ddgan.web;

import io.ddgan.api.Model;
import io.ddgan.api.Model.Draw;
import io.ddgan.api.SampleNoise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The recipe of an example in the playground; equal recipes give equal examples.
 *
 * @param seed the seed whose first example this is
 * @param label its class; drawn if null
 * @param between interpolation towards another example; none if null
 * @param latents for each network evaluation the index of the example, of the same seed, whose
 *     latent vector is used; 0 or missing for its own
 */
record SampleSpec(long seed, Integer label, Between between, List<Integer> latents) {

  /**
   * An interpolation towards another example.
   *
   * @param seed the seed whose first example is the target
   * @param share 0 for this example, 1 for the other
   */
  record Between(long seed, double share) {}

  SampleSpec {
    latents = latents == null ? List.of() : List.copyOf(latents);
  }

  /** Returns this recipe with the latent vector of another example in one evaluation. */
  SampleSpec withLatent(int evaluation, int number) {
    List<Integer> changed = new ArrayList<>(latents);
    while (changed.size() <= evaluation) {
      changed.add(0);
    }
    changed.set(evaluation, number);
    return new SampleSpec(seed, label, between, changed);
  }

  /**
   * Returns the noise of the example.
   *
   * @throws io.ddgan.api.RefusedException if it does not suit the model; the message says why
   */
  SampleNoise origin(Model model) {
    WebCommand.require(
        latents.size() <= model.networkEvaluations(),
        "latents must have at most %d entries".formatted(model.networkEvaluations()));
    SampleNoise origin = drawn(model, seed, 0);
    if (between != null) {
      origin = origin.interpolate(drawn(model, between.seed(), 0), between.share());
    }
    for (int i = 0; i < latents.size(); i++) {
      if (latents.get(i) != 0) {
        origin = origin.withLatent(i, drawn(model, seed, latents.get(i)).latent(i));
      }
    }
    return origin;
  }

  /** Returns the noise of an example of the recipe's class. */
  SampleNoise drawn(Model model, long seed, long number) {
    return model.noise(new Draw(seed, number, Optional.ofNullable(label), Optional.empty()));
  }
}
