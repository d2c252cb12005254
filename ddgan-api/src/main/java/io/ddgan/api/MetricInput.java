package io.ddgan.api;

import io.ddgan.random.RandomStreams;
import java.io.IOException;

/**
 * What a {@link Metric} judges generated examples by. Of these methods it may call those that it
 * {@linkplain Metric#needs needs}; others throw an IllegalStateException.
 */
public interface MetricInput {

  /** The generated examples as they are, in [-1, 1] for images. */
  Vectors values();

  /** The features of the generated examples. */
  Vectors features();

  /** The probabilities of the classes of the generated examples. */
  Vectors probabilities();

  /** The data set that the examples are compared with. */
  Examples real();

  /**
   * The features of real examples, drawn without replacement and always in the same order; as many
   * as generated ones, or all where the data set has fewer.
   */
  Vectors realFeatures() throws IOException;

  /** Mean and covariance of the features of the whole data set. */
  Moments realMoments() throws IOException;

  /** The features of all real examples of a class in [0, classes). */
  default Vectors realFeatures(int label) throws IOException {
    throw new IllegalStateException("this evidence does not tell classes apart");
  }

  /** The classes that the generated examples were asked for, by their place from 0 on. */
  default Labels requestedClasses() {
    throw new IllegalStateException("this evidence does not know what was asked for");
  }

  /** The generator, for metrics of its speed. */
  Producer generator();

  /** The metric's own random draws. */
  RandomStreams random();

  /** Generates examples, for metrics of speed. */
  interface Producer {

    /** Evaluations of the network that an example takes. */
    int networkEvaluations();

    /** Examples that are generated at a time; of fewer, it takes as long. */
    default int batch() {
      return 1;
    }

    /** Generates examples and throws them away. */
    void generate(int count);
  }
}
