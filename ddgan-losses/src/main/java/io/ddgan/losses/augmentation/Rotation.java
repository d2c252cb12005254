package io.ddgan.losses.augmentation;

import io.ddgan.api.Augmentation;
import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.api.ScheduledValue;
import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.ops.SDMath;
import org.nd4j.linalg.factory.Nd4j;

/** Rotates points in the plane about the origin. */
public record Rotation(
    @Key(value = "probability of augmenting an example", min = 0, max = 1)
        ScheduledValue probability,
    @Key(value = "maximum angle in degrees, in either direction", min = 0, max = 180)
        ScheduledValue maxDegrees)
    implements Augmentation {

  @Override
  public void check(DataShape data, DataShape encoded) {
    if (!encoded.equals(DataShape.point(2))) {
      throw new RefusedException(
          "rotation is for points in the plane, but the networks see examples of the shape %s; remove it, or use noise"
              .formatted(encoded));
    }
  }

  @Override
  public SDVariable apply(SDVariable x, Draws draws) {
    SDMath math = draws.sameDiff().math();
    SDVariable isTurned = draws.bernoulli("turned", draws.number("probability", probability));
    SDVariable most = draws.number("max-degrees", maxDegrees).mul(Math.PI / 180);
    SDVariable angle = draws.uniform("angle").mul(2).sub(1).mul(most).mul(isTurned);
    // (x, y) to (-y, x): a quarter turn; all others combine it with the point itself
    SDVariable quarter =
        draws
            .sameDiff()
            .constant(Nd4j.createFromArray(new float[][] {{0, 1}, {-1, 0}}).castTo(x.dataType()));
    return x.mul(math.cos(angle)).add(draws.sameDiff().mmul(x, quarter).mul(math.sin(angle)));
  }
}
