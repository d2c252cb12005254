package io.ddgan.train.step;

import io.ddgan.api.Optimiser;
import io.ddgan.api.Ramp;
import io.ddgan.engine.Engine;
import io.ddgan.internal.graph.NetworkUpdate;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network's weights and the state of their optimiser. */
public final class NetworkState implements AutoCloseable {

  private final ParameterSet weights;
  private final Optimiser optimiser;
  private final Map<String, ParameterSet> optimiserState = new LinkedHashMap<>();
  private final List<String> frozen;
  private long updates;

  /**
   * Initialises a network.
   *
   * @param isTrained whether it is trained; the optimiser has no state otherwise
   */
  NetworkState(
      ParameterLayout layout,
      String network,
      Optimiser optimiser,
      boolean isTrained,
      RandomStreams random) {
    this.weights = ParameterSet.initialised(layout, DataType.FLOAT, network, random);
    this.optimiser = optimiser;
    for (String name : isTrained ? optimiser.stateNames() : List.<String>of()) {
      optimiserState.put(name, ParameterSet.zeros(layout, DataType.FLOAT));
    }
    this.frozen =
        layout.entries().stream()
            .filter(entry -> !entry.isTrained())
            .map(ParameterLayout.Entry::name)
            .toList();
  }

  public ParameterSet weights() {
    return weights;
  }

  /** Returns the optimiser's state, by its names. */
  public Map<String, ParameterSet> optimiserState() {
    return Collections.unmodifiableMap(optimiserState);
  }

  /** Returns the number of updates. */
  public long updates() {
    return updates;
  }

  /** Sets the number of updates, of a restored network. */
  void resume(long done) {
    updates = done;
  }

  /**
   * Updates the weights, except frozen ones.
   *
   * @param gradient gradient of the weights; overwritten
   */
  void update(Engine engine, ParameterSet gradient, double rate, ToDoubleFunction<Ramp> now) {
    Map<String, INDArray> before = new LinkedHashMap<>();
    frozen.forEach(name -> before.put(name, weights.view(name).dup()));
    try {
      optimiser.update(
          new NetworkUpdate(engine, weights, gradient, optimiserState, rate, updates, now));
      before.forEach((name, values) -> weights.view(name).assign(values));
    } finally {
      before.values().forEach(INDArray::close);
    }
    updates++;
  }

  @Override
  public void close() {
    weights.close();
    optimiserState.values().forEach(ParameterSet::close);
  }
}
