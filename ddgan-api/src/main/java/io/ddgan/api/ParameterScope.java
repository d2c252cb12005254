package io.ddgan.api;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Creates the parameters of a network under hierarchical, dot-separated names, the way PyTorch
 * names them ({@code all_modules.3.Conv_0.weight}). The same name returns the same variable, so a
 * network can be applied several times in one graph.
 */
public interface ParameterScope {

  /** The graph that the network is being added to. */
  SameDiff sameDiff();

  /** Type of all floating-point variables in the graph. */
  DataType dataType();

  /** Number of examples N in a batch. */
  int batch();

  /** Shape of one example, as the networks see it. */
  DataShape shape();

  /** Number of classes of the data, 0 if it has none. */
  int classes();

  /** The scope {@code name} within this one. */
  ParameterScope child(String name);

  /**
   * A trainable parameter with a name in this scope and the shape in which PyTorch stores it:
   * {@code [out, in]}, {@code [out, in, kH, kW]} or {@code [n]}.
   *
   * @throws RefusedException if the name is taken by a parameter of another shape
   */
  SDVariable parameter(String name, Initializer initializer, long... shape);

  /** A frozen parameter: drawn once, not trained, and saved with the others. */
  SDVariable frozenParameter(String name, Initializer initializer, long... shape);

  /**
   * Dropout (Srivastava et al., 2014): while training, a share in [0, 1) of the elements of x is
   * set to zero and the others are divided by the remaining share; otherwise {@code x} itself. The
   * draw depends only on the run's seed and the step.
   */
  SDVariable dropout(SDVariable x, double rate, long... shape);
}
