package io.ddgan.networks;

import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.RefusedException;
import io.ddgan.layers.Dense;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The classes of a batch's examples inside a network that is conditioned on them.
 *
 * @param rows a row of zeros with a 1 at the class for each example, {@code [N, classes]}
 */
record ClassLabel(SDVariable rows, int classes) {

  /**
   * The classes for a network that wants them; empty for one that does not.
   *
   * @throws RefusedException if they are wanted, but the data has none
   */
  static Optional<ClassLabel> of(boolean isWanted, ParameterScope p, Inputs inputs) {
    if (!isWanted) {
      return Optional.empty();
    }
    if (p.classes() == 0) {
      throw new RefusedException(
          "class-conditional = true needs data with classes, and this data has none; set it to"
              + " false, or choose data whose classes are known, such as fashion-mnist or"
              + " image-folder with labels = folders");
    }
    return Optional.of(new ClassLabel(inputs.get(Inputs.LABEL), p.classes()));
  }

  /** A learned vector for each class, {@code [N, size]}: a linear map of the rows without bias. */
  SDVariable embedding(ParameterScope p, int size) {
    return Dense.of(classes, size).withoutBias().apply(p, rows);
  }

  /**
   * What a projection discriminator adds to its logits: the scalar product of an embedding of the
   * class and the features that the logits are made of (Miyato and Koyama, 2018, section 3).
   */
  SDVariable projection(ParameterScope p, SDVariable features, int size) {
    return features.mul(embedding(p, size)).sum(1);
  }
}
