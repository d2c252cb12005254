package io.ddgan.layers;

import io.ddgan.api.ParameterScope;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;

/** Constants of a network, which are not parameters. */
final class Constants {

  private Constants() {}

  /** The values, row by row, in the graph's type. */
  static SDVariable of(ParameterScope p, double[] values, long... shape) {
    return p.sameDiff().constant(Nd4j.createFromArray(values).castTo(p.dataType()).reshape(shape));
  }
}
