package io.ddgan.layers;

import io.ddgan.api.Initializer;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.RefusedException;
import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Group normalisation whose scale and shift of each channel are linear functions of a vector, the
 * style (Dhariwal and Nichol, 2021, section 3.1; Karras et al., 2019, equation 1, for single
 * channels). Its parameters are those of a {@link Dense} layer in the scope {@code style}, {@code
 * [2 * channels, styleSize]} and {@code [2 * channels]}: first the scales, which begin around 1,
 * then the shifts, which begin around 0.
 *
 * @param norm the norm; only its number of groups is used
 * @param styleSize length of the style, at least 1
 */
public record AdaptiveGroupNorm(GroupNorm norm, int styleSize) {

  /** Initialises the scales (first half) to 1 and the shifts to 0. */
  private static final Initializer SCALE_AND_SHIFT =
      (shape, random) -> {
        float[] values = new float[Math.toIntExact(shape[0])];
        Arrays.fill(values, 0, values.length / 2, 1f);
        return values;
      };

  /**
   * Adds the norm with the style {@code [N, styleSize]}; keeps the shape of the maps.
   *
   * @throws RefusedException if the groups do not divide the channels
   */
  public FeatureMap apply(ParameterScope p, FeatureMap x, SDVariable style) {
    int c = x.channels();
    SDVariable both =
        Dense.of(styleSize, 2 * c)
            .bias(SCALE_AND_SHIFT)
            .apply(p.child("style"), style)
            .reshape(p.batch(), 2, c, 1, 1);
    SDVariable scale = slice(p, both, 0, c);
    SDVariable shift = slice(p, both, 1, c);
    return norm.normalise(p, x).map(normal -> normal.mul(scale).add(shift));
  }

  private static SDVariable slice(ParameterScope p, SDVariable both, int which, int c) {
    SameDiff sd = p.sameDiff();
    int batch = p.batch();
    return sd.slice(both, new int[] {0, which, 0, 0, 0}, batch, 1, c, 1, 1).reshape(batch, c, 1, 1);
  }
}
