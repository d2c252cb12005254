package io.ddgan.losses.augmentation;

import io.ddgan.api.Augmentation;
import io.ddgan.api.ScheduledValue;
import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;

/** Adds Gaussian noise to examples of any shape (Sønderby et al., 2017). */
public record Noise(
    @Key(value = "probability of augmenting an example", min = 0, max = 1)
        ScheduledValue probability,
    @Key(value = "standard deviation of the noise", min = 0, max = 10) ScheduledValue std)
    implements Augmentation {

  @Override
  public SDVariable apply(SDVariable x, Draws draws) {
    SDVariable isNoisy = draws.bernoulli("noisy", draws.number("probability", probability));
    SDVariable scale = isNoisy.mul(draws.number("std", std));
    return x.add(draws.normal("noise").mul(scale));
  }
}
