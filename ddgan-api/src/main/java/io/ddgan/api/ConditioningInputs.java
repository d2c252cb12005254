package io.ddgan.api;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The conditioning inputs of a batch as variables of a graph, the same in training and sampling.
 */
public interface ConditioningInputs {

  /** The graph. */
  SameDiff sameDiff();

  /** Number of examples N. */
  int size();

  /** Shape of one example, as the networks see it. */
  DataShape shape();

  /** The time t of x_t of each example as a real number in [0, T - 1], {@code [N]}. */
  SDVariable time();

  /** Standard normal latent vectors z of the generator, {@code [N, latentSize]}. */
  SDVariable latent();

  /**
   * The class of each example as a row of zeros with a 1 at the class, {@code [N, classes]}; empty
   * where the data has no classes.
   */
  Optional<SDVariable> label();

  /** Zeros in the shape of an input of {@link Inputs}, which hide it from a network. */
  SDVariable zeros(String input);

  /** The inputs of every network: the time and, if the data has classes, the label. */
  default Inputs inputs() {
    Inputs inputs = Inputs.none().with(Inputs.TIME, time());
    return label().map(label -> inputs.with(Inputs.LABEL, label)).orElse(inputs);
  }
}
