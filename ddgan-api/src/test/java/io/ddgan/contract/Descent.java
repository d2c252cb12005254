package io.ddgan.contract;

import io.ddgan.api.DataShape;
import io.ddgan.api.Optimiser;
import io.ddgan.api.ParameterScope;
import io.ddgan.engine.Engine;
import io.ddgan.internal.graph.NetworkUpdate;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.layers.Initializers;
import io.ddgan.random.RandomStreams;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** Minimises a quadratic function of a small network's weights with an optimiser. */
final class Descent implements AutoCloseable {

  /** Number of updates, for ramps. */
  private static final long TOTAL = 20;

  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(DataShape.point(1), 1, Descent::declare);

  private final Optimiser optimiser;
  private final double curvature;
  private final ParameterSet weights =
      ParameterSet.initialised(LAYOUT, DataType.FLOAT, "descent", new RandomStreams(8));
  private final ParameterSet gradient = ParameterSet.zeros(LAYOUT, DataType.FLOAT);
  private final Map<String, ParameterSet> kept = new LinkedHashMap<>();
  private long updates;

  /**
   * Starts a descent.
   *
   * @param curvature the function is half of this times the squared norm of the weights
   */
  Descent(Optimiser optimiser, double curvature) {
    this.optimiser = optimiser;
    this.curvature = curvature;
    optimiser
        .stateNames()
        .forEach(name -> kept.put(name, ParameterSet.zeros(LAYOUT, DataType.FLOAT)));
  }

  private static void declare(ParameterScope p) {
    for (long[] shape : new long[][] {{2, 3}, {3}, {2, 3, 1, 2}}) {
      SDVariable unused = p.parameter("weight" + shape.length, Initializers.normal(1), shape);
    }
  }

  /** Returns the value of the function. */
  double loss() {
    double length = weights.flat().norm2Number().doubleValue();
    return curvature / 2 * length * length;
  }

  /** Applies one update. */
  void step(double rate) {
    gradient.flat().assign(weights.flat()).muli(curvature);
    optimiser.update(
        new NetworkUpdate(
            Engine.nd4j(),
            weights,
            gradient,
            kept,
            rate,
            updates,
            ramp -> ramp.at(updates, TOTAL)));
    updates++;
  }

  /** Applies several updates. */
  void steps(int count, double rate) {
    for (int i = 0; i < count; i++) {
      step(rate);
    }
  }

  /** Continues from the state of another descent. */
  void takeOver(Descent other) {
    weights.flat().assign(other.weights.flat());
    kept.forEach((name, set) -> set.flat().assign(other.kept.get(name).flat()));
    updates = other.updates;
  }

  /** Returns a copy of the weights. */
  float[] weights() {
    return weights.flat().dup().data().asFloat();
  }

  /** Returns copies of the optimiser's state, by name. */
  Map<String, float[]> kept() {
    Map<String, float[]> values = new LinkedHashMap<>();
    kept.forEach((name, set) -> values.put(name, set.flat().dup().data().asFloat()));
    return values;
  }

  @Override
  public void close() {
    weights.close();
    gradient.close();
    kept.values().forEach(ParameterSet::close);
  }
}
