package io.ddgan.layers;

import io.ddgan.api.ParameterScope;
import io.ddgan.api.RefusedException;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Minibatch standard deviation (Karras et al., 2018, section 3): the variation between examples,
 * which lets a discriminator detect mode collapse. It has no parameters. It is not for generators,
 * whose examples must not depend on each other.
 *
 * @param group number of examples per group, at least 1, or the whole batch if that is smaller.
 *     Examples with the same index modulo N / group form a group
 */
public record MinibatchDeviation(int group) {

  private static final double EPSILON = 1e-8;

  /**
   * Adds the comparison: one more channel, in which every pixel is the mean of the standard
   * deviations of all elements within the example's group; 1e-8 is added to a variance before its
   * root is taken.
   *
   * @throws RefusedException if the batch is larger than a group and no multiple of it
   */
  public FeatureMap apply(ParameterScope p, FeatureMap x) {
    int batch = p.batch();
    int groupSize = Math.min(batch, group);
    if (batch % groupSize != 0) {
      throw new RefusedException(
          "this discriminator compares the examples of a batch in groups of %d, so the batch must be a multiple of %d, not %d"
              .formatted(group, group, batch));
    }
    int groups = batch / groupSize;
    long size = (long) x.channels() * x.height() * x.width();
    SameDiff sd = p.sameDiff();
    SDVariable rows = x.value().reshape(groupSize, groups * size);
    SDVariable centred = rows.sub(rows.mean(true, 0));
    SDVariable variance = sd.math().square(centred).mean(true, 0).add(EPSILON);
    SDVariable deviation = sd.math().sqrt(variance).reshape(groups, size).mean(true, 1);
    SDVariable map =
        sd.tile(
            sd.tile(deviation, groupSize, 1).reshape(batch, 1, 1, 1), 1, 1, x.height(), x.width());
    return FeatureMap.concat(x, new FeatureMap(map, 1, x.height(), x.width()));
  }
}
