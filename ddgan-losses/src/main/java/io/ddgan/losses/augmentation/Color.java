package io.ddgan.losses.augmentation;

import io.ddgan.api.ScheduledValue;
import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Changes brightness, saturation and contrast of images (Zhao et al., 2020): adds a number from
 * -0.5 to 0.5, multiplies the distance from the grey of the same place by 0 to 2, and that from the
 * image's mean by 0.5 to 1.5.
 */
public record Color(
    @Key(value = "probability of augmenting an example", min = 0, max = 1)
        ScheduledValue probability,
    @Key(value = "strength of the change; 1 is the full range", min = 0, max = 1)
        ScheduledValue strength)
    implements ImageAugmentation {

  @Override
  public SDVariable apply(SDVariable x, Draws draws) {
    SDVariable isChanged = draws.bernoulli("changed", draws.number("probability", probability));
    SDVariable strongest = isChanged.mul(draws.number("strength", strength));
    SDVariable brighter = x.add(centred(draws.uniform("brightness")).mul(strongest));
    SDVariable saturation = centred(draws.uniform("saturation")).mul(2).mul(strongest).add(1);
    SDVariable contrast = centred(draws.uniform("contrast")).mul(strongest).add(1);
    SDVariable saturated = stretched(brighter, brighter.mean(true, 1), saturation);
    return stretched(saturated, saturated.mean(true, 1, 2, 3), contrast);
  }

  private static SDVariable centred(SDVariable uniform) {
    return uniform.sub(0.5);
  }

  private static SDVariable stretched(SDVariable x, SDVariable around, SDVariable by) {
    return x.sub(around).mul(by).add(around);
  }
}
