package io.ddgan.networks;

import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Rescales the time of a network: {@code scale * t + offset}. For example, a network trained with
 * 1000 denoising steps can be reused with 4 by mapping the times 0 to 3 to 249, 499, 749 and 999:
 * {@code scale = 250, offset = 249}.
 */
public record TimeScale(
    @Key(value = "factor of the time", min = 0, max = 1e6) double scale,
    @Key(value = "offset added after scaling", min = -1e6, max = 1e6) double offset) {

  /** The unscaled time. */
  public static final TimeScale NONE = new TimeScale(1, 0);

  /** Returns the rescaled time, {@code [N]}. */
  SDVariable of(SDVariable time) {
    return equals(NONE) ? time : time.mul(scale).add(offset);
  }
}
