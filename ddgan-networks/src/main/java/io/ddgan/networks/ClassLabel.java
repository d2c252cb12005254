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
 * @param rows a row of zeros with a 1 at the class per example, {@code [N, classes]}
 */
record ClassLabel(SDVariable rows, int classes) {

  /**
   * Returns the classes for a class-conditional network; empty for an unconditional one.
   *
   * @throws RefusedException if the network is class-conditional but the data has no classes
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

  /** Returns a learned embedding of each class, {@code [N, size]}: a linear map without bias. */
  SDVariable embedding(ParameterScope p, int size) {
    return Dense.of(classes, size).withoutBias().apply(p, rows);
  }

  /**
   * Returns the class term of a projection discriminator's logits: the scalar product of a class
   * embedding and the features behind the logits (Miyato and Koyama, 2018, section 3).
   */
  SDVariable projection(ParameterScope p, SDVariable features, int size) {
    return features.mul(embedding(p, size)).sum(1);
  }
}
