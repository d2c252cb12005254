package io.ddgan.train.checkpoint;

import io.ddgan.api.Objective;
import io.ddgan.api.RefusedException;
import io.ddgan.internal.weights.Safetensors;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The state of a training after some steps, from which it resumes.
 *
 * @param step number of steps done, which is also the index of the next step
 * @param parts tensors by the name of their part, such as {@code generator}, which also names its
 *     file: lower-case letters, digits and hyphens
 */
public record Checkpoint(long step, Map<String, Safetensors> parts) {

  /** Name of the part with the EMA of the generator's weights, which samples are drawn with. */
  public static final String EMA = "ema";

  /** Name of the part with the measurements since the last row of metrics. */
  public static final String MEASUREMENTS = "measurements";

  public Checkpoint {
    parts = Collections.unmodifiableMap(new TreeMap<>(parts));
    for (String part : parts.keySet()) {
      if (!part.matches("[a-z0-9-]+")) {
        throw new IllegalArgumentException("invalid name of a checkpoint part: " + part);
      }
    }
  }

  /** Returns whether it has the EMA but not the generator, so training cannot resume from it. */
  public boolean isModel() {
    return isModel(parts.keySet());
  }

  private static boolean isModel(Set<String> parts) {
    return parts.contains(EMA) && !parts.contains(Objective.GENERATOR);
  }

  /** Returns a part. */
  public Safetensors part(String name) {
    require(Set.of(name), parts.keySet());
    return parts.get(name);
  }

  /** Throws if a part is missing. */
  static void require(Set<String> names, Set<String> present) {
    for (String name : names) {
      if (!present.contains(name)) {
        throw new RefusedException(
            "%s has no part %s, only %s"
                .formatted(isModel(present) ? "the model" : "the checkpoint", name, present));
      }
    }
  }

  /** Returns a checkpoint with only the parts of the given names. */
  public Checkpoint only(Set<String> names) {
    Map<String, Safetensors> kept = new TreeMap<>(parts);
    kept.keySet().retainAll(names);
    return new Checkpoint(step, kept);
  }
}
