package io.ddgan.networks;

import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What a network takes the time for: {@code scale * t + offset}. A network that was trained with
 * 1000 denoising steps goes on with 4 if it takes the times 0 to 3 for its own 249, 499, 749 and
 * 999: {@code scale = 250, offset = 249}.
 */
public record TimeScale(
    @Key(value = "what the time is multiplied by", min = 0, max = 1e6) double scale,
    @Key(value = "what is added to that", min = -1e6, max = 1e6) double offset) {

  /** The time as it is. */
  public static final TimeScale NONE = new TimeScale(1, 0);

  /** The time that is embedded, {@code [N]}. */
  SDVariable of(SDVariable time) {
    return equals(NONE) ? time : time.mul(scale).add(offset);
  }
}
