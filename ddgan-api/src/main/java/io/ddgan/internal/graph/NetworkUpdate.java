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

/**
 * One update of a network by its optimiser.
 *
 * @param optimiserState state of the optimiser by name
 * @param previousUpdates number of previous updates
 * @param ramps returns the current value of a ramp
 */
public record NetworkUpdate(
    Engine engine,
    ParameterSet values,
    ParameterSet gradients,
    Map<String, ParameterSet> optimiserState,
    double learningRate,
    long previousUpdates,
    ToDoubleFunction<Ramp> ramps)
    implements Update {

  @Override
  public INDArray weights() {
    return values.flat();
  }

  @Override
  public INDArray gradient() {
    return gradients.flat();
  }

  @Override
  public INDArray state(String name) {
    ParameterSet set = optimiserState.get(name);
    if (set == null) {
      throw new RefusedException(
          "the optimiser uses the state '%s', but declares only %s"
              .formatted(name, optimiserState.keySet()));
    }
    return set.flat();
  }

  @Override
  public double value(Ramp ramp) {
    return ramps.applyAsDouble(ramp);
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (ParameterLayout.Entry entry : values.layout().entries()) {
      if (entry.isTrained()) {
        String name = entry.name();
        Map<String, INDArray> state = new LinkedHashMap<>();
        optimiserState.forEach((key, set) -> state.put(key, set.view(name)));
        parameters.add(new Parameter(name, values.view(name), gradients.view(name), state));
      }
    }
    return parameters;
  }
}
