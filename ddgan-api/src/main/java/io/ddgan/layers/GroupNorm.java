package io.ddgan.layers;

import io.ddgan.api.ParameterScope;
import io.ddgan.api.RefusedException;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Group normalisation (Wu and He, 2018): within an example, each group of neighbouring channels
 * gets mean 0 and variance 1, and each channel a learned scale and shift. 1e-6 is added to a
 * variance before its root is taken.
 *
 * @param groups number of groups, at least 1; 1 is layer normalisation of all channels together
 */
public record GroupNorm(int groups) {

  private static final double EPSILON = 1e-6;

  private static final int MIN_GROUP_SIZE = 4;
  private static final int MAX_GROUPS = 32;

  /**
   * One group for every 4 channels, rounded down, and at most 32, as in score-based models (Song et
   * al., 2021).
   *
   * @throws RefusedException if these groups do not divide the channels
   */
  public static GroupNorm of(int channels) {
    int groups = Math.min(channels / MIN_GROUP_SIZE, MAX_GROUPS);
    if (groups == 0 || channels % groups != 0) {
      throw new RefusedException(
          indivisible(channels, groups)
              + "; choose channels in multiples of 4, and of 32 where there are more than 128");
    }
    return new GroupNorm(groups);
  }

  private static String indivisible(int channels, int groups) {
    return "%d channels cannot be normalised in %d groups".formatted(channels, groups);
  }

  /**
   * Adds the norm with its parameters: the scales {@code weight} {@code [channels]}, initially 1,
   * and the shifts {@code bias} {@code [channels]}, initially 0. Keeps the shape of the maps.
   *
   * @throws RefusedException if the groups do not divide the channels
   */
  public FeatureMap apply(ParameterScope p, FeatureMap x) {
    int c = x.channels();
    SDVariable scale = p.parameter("weight", Initializers.constant(1), c).reshape(1, c, 1, 1);
    SDVariable shift = p.parameter("bias", Initializers.zeros(), c).reshape(1, c, 1, 1);
    return normalise(p, x).map(normal -> normal.mul(scale).add(shift));
  }

  /** Adds the norm without scale and shift. */
  public FeatureMap normalise(ParameterScope p, FeatureMap x) {
    if (x.channels() % groups != 0) {
      throw new RefusedException(indivisible(x.channels(), groups));
    }
    SDVariable rows = x.value().reshape((long) p.batch() * groups, -1);
    SDVariable centred = rows.sub(rows.mean(true, 1));
    SDVariable variance = p.sameDiff().math().square(centred).mean(true, 1).add(EPSILON);
    SDVariable normal = centred.div(p.sameDiff().math().sqrt(variance));
    return x.with(normal.reshape(p.batch(), x.channels(), x.height(), x.width()));
  }
}
