package io.ddgan.losses.augmentation;

import io.ddgan.api.Augmentation;
import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.api.ScheduledValue;
import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.ops.SDMath;
import org.nd4j.linalg.factory.Nd4j;

/** Turns points in the plane about 0. */
public record Rotation(
    @Key(value = "probability that it is done to an example", min = 0, max = 1)
        ScheduledValue probability,
    @Key(value = "degrees that it is turned by at most, either way", min = 0, max = 180)
        ScheduledValue maxDegrees)
    implements Augmentation {

  @Override
  public void check(DataShape data, DataShape encoded) {
    if (!encoded.equals(DataShape.point(2))) {
      throw new RefusedException(
          "rotation is for points in the plane, but the networks see examples of the shape %s; leave it out, or use blitting"
              .formatted(encoded));
    }
  }

  @Override
  public SDVariable of(SDVariable x, Draws draws) {
    SDMath math = draws.sameDiff().math();
    SDVariable isTurned = draws.chosen("turned", draws.number("probability", probability));
    SDVariable most = draws.number("max-degrees", maxDegrees).mul(Math.PI / 180);
    SDVariable angle = draws.uniform("angle").mul(2).sub(1).mul(most).mul(isTurned);
    // (x, y) to (-y, x): a quarter, of which and of the point itself every other turn is made
    SDVariable quarter =
        draws
            .sameDiff()
            .constant(Nd4j.createFromArray(new float[][] {{0, 1}, {-1, 0}}).castTo(x.dataType()));
    return x.mul(math.cos(angle)).add(draws.sameDiff().mmul(x, quarter).mul(math.sin(angle)));
  }
}
