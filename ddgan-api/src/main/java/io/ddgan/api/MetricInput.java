package io.ddgan.api;

import io.ddgan.random.RandomStreams;
import java.io.IOException;

/**
 * The input of a {@link Metric}. It may call the methods that it {@linkplain Metric#needs needs};
 * others throw an IllegalStateException.
 */
public interface MetricInput {

  /** The generated examples, in [-1, 1] for images. */
  Vectors generated();

  /** The features of the generated examples. */
  Vectors generatedFeatures();

  /** The class probabilities of the generated examples. */
  Vectors probabilities();

  /** The real data set. */
  OpenDataset real();

  /**
   * The features of real examples, drawn without replacement and always in the same order: as many
   * as generated ones, or all if the data set has fewer.
   */
  Vectors realFeatures() throws IOException;

  /** Mean and covariance of the features of the whole data set. */
  Moments realMoments() throws IOException;

  /** The features of all real examples of a class in [0, classes). */
  default Vectors realFeatures(int label) throws IOException {
    throw new IllegalStateException("this metric input has no classes");
  }

  /** The requested classes of the generated examples, by index from 0. */
  default Labels requestedClasses() {
    throw new IllegalStateException("this metric input has no requested classes");
  }

  /** The running generator, for timing metrics. */
  Producer producer();

  /** The metric's own random draws. */
  RandomStreams random();

  /** Generates examples, for timing metrics. */
  interface Producer {

    /** Network evaluations per example. */
    int networkEvaluations();

    /** Examples per batch; smaller batches take as long. */
    default int batch() {
      return 1;
    }

    /** Generates examples and discards them. */
    void generate(int count);
  }
}
