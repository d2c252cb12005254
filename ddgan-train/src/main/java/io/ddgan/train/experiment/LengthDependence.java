package io.ddgan.train.experiment;

import io.ddgan.api.Ramp;
import io.ddgan.internal.config.ConfigKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the keys whose values in each step depend on the length of the training. */
public final class LengthDependence {

  private static final String LEARNING_RATE = "learning-rate-";
  private static final String DISCRIMINATOR_RATE = "training." + LEARNING_RATE + "discriminator";

  private final List<String> keys = new ArrayList<>();

  private LengthDependence() {}

  /** Returns the keys with ramps over the whole training, which learning rates mostly are. */
  public static List<String> keys(Experiment experiment) {
    LengthDependence found = new LengthDependence();
    found.visit("", experiment);
    boolean isAdversarial = experiment.discriminator().isPresent();
    return found.keys.stream()
        .filter(key -> isAdversarial || !key.equals(DISCRIMINATOR_RATE))
        .toList();
  }

  private void visit(String key, Object value) {
    if (value instanceof Ramp ramp) {
      if (!ramp.isConstant() && ramp.steps().isEmpty()) {
        keys.add(key);
      }
    } else if (value instanceof Optional<?> optional) {
      optional.ifPresent(present -> visit(key, present));
    } else if (value instanceof List<?> list) {
      list.forEach(element -> visit(key, element));
    } else if (value instanceof Record record) {
      visitKeys(key, record);
    }
  }

  private void visitKeys(String key, Record record) {
    for (Map.Entry<String, Object> part : ConfigKey.values(record).entrySet()) {
      String name = part.getKey();
      Object value = part.getValue();
      if (record instanceof TrainingSettings settings
          && name.startsWith(LEARNING_RATE)
          && value instanceof Ramp rate) {
        value = settings.decaying(rate);
      }
      visit(key.isEmpty() ? name : key + "." + name, value);
    }
  }
}
