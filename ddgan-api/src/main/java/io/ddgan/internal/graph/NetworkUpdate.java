package io.ddgan.internal.graph;

import io.ddgan.api.Optimiser.Parameter;
import io.ddgan.api.Optimiser.Update;
import io.ddgan.api.Ramp;
import io.ddgan.api.RefusedException;
import io.ddgan.engine.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One update of a network, as its optimiser sees it. */
public final class NetworkUpdate implements Update {

  private final Engine engine;
  private final ParameterSet weights;
  private final ParameterSet gradient;
  private final Map<String, ParameterSet> kept;
  private final double rate;
  private final long updates;
  private final ToDoubleFunction<Ramp> now;

  /**
   * An update.
   *
   * @param engine what the training is run by
   * @param gradient the weights' gradient, which may be overwritten
   * @param kept what the optimiser keeps, by its names
   * @param rate the learning rate
   * @param updates number of updates before
   * @param now the value of a ramp now
   */
  public NetworkUpdate(
      Engine engine,
      ParameterSet weights,
      ParameterSet gradient,
      Map<String, ParameterSet> kept,
      double rate,
      long updates,
      ToDoubleFunction<Ramp> now) {
    this.engine = engine;
    this.weights = weights;
    this.gradient = gradient;
    this.kept = kept;
    this.rate = rate;
    this.updates = updates;
    this.now = now;
  }

  @Override
  public INDArray weights() {
    return weights.flat();
  }

  @Override
  public INDArray gradient() {
    return gradient.flat();
  }

  @Override
  public INDArray state(String name) {
    ParameterSet set = kept.get(name);
    if (set == null) {
      throw new RefusedException(
          "the optimiser asks for the state '%s', but declares only %s"
              .formatted(name, kept.keySet()));
    }
    return set.flat();
  }

  @Override
  public double rate() {
    return rate;
  }

  @Override
  public long updates() {
    return updates;
  }

  @Override
  public double now(Ramp ramp) {
    return now.applyAsDouble(ramp);
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (ParameterLayout.Entry entry : weights.layout().entries()) {
      if (entry.isTrained()) {
        String name = entry.name();
        Map<String, INDArray> state = new LinkedHashMap<>();
        kept.forEach((key, set) -> state.put(key, set.view(name)));
        parameters.add(new Parameter(name, weights.view(name), gradient.view(name), state));
      }
    }
    return parameters;
  }
}
