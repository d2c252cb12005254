package io.ddgan.train;

import io.ddgan.graph.ParameterLayout;
import io.ddgan.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.optimiser.Adam;
import org.nd4j.linalg.api.buffer.DataType;

/** A network's weights and their optimiser. */
public record Learner(ParameterSet weights, Adam adam) implements AutoCloseable {

  static Learner initial(
      ParameterLayout layout, String name, TrainingSettings settings, RandomStreams random) {
    return new Learner(
        ParameterSet.initialised(layout, DataType.FLOAT, name, random),
        new Adam(layout, settings.beta1(), settings.beta2(), settings.epsilon()));
  }

  @Override
  public void close() {
    weights.close();
    adam.close();
  }
}
