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

/** A network's weights, and what their optimiser keeps. */
public final class NetworkState implements AutoCloseable {

  private final ParameterSet weights;
  private final Optimiser optimiser;
  private final Map<String, ParameterSet> kept = new LinkedHashMap<>();
  private final List<String> fixed;
  private long updates;

  /**
   * A network before its first update.
   *
   * @param isTrained whether there will be updates; else the optimiser keeps nothing
   */
  NetworkState(
      ParameterLayout layout,
      String network,
      Optimiser optimiser,
      boolean isTrained,
      RandomStreams random) {
    this.weights = ParameterSet.initialised(layout, DataType.FLOAT, network, random);
    this.optimiser = optimiser;
    for (String name : isTrained ? optimiser.state() : List.<String>of()) {
      kept.put(name, ParameterSet.zeros(layout, DataType.FLOAT));
    }
    this.fixed =
        layout.entries().stream()
            .filter(entry -> !entry.isTrained())
            .map(ParameterLayout.Entry::name)
            .toList();
  }

  /** The weights. */
  public ParameterSet weights() {
    return weights;
  }

  /** What the optimiser keeps, by the names that it gives. */
  public Map<String, ParameterSet> kept() {
    return Collections.unmodifiableMap(kept);
  }

  /** Number of updates. */
  public long updates() {
    return updates;
  }

  /** Says how many updates have been done elsewhere. */
  void resume(long done) {
    updates = done;
  }

  /**
   * Updates the weights, but for those that are not trained, whatever the optimiser does to them.
   *
   * @param gradient their gradient, which is overwritten
   */
  void update(Engine engine, ParameterSet gradient, double rate, ToDoubleFunction<Ramp> now) {
    Map<String, INDArray> before = new LinkedHashMap<>();
    fixed.forEach(name -> before.put(name, weights.view(name).dup()));
    try {
      optimiser.update(new NetworkUpdate(engine, weights, gradient, kept, rate, updates, now));
      before.forEach((name, values) -> weights.view(name).assign(values));
    } finally {
      before.values().forEach(INDArray::close);
    }
    updates++;
  }

  @Override
  public void close() {
    weights.close();
    kept.values().forEach(ParameterSet::close);
  }
}
