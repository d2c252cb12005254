package io.ddgan.train.checkpoint;

import io.ddgan.api.Objective;
import io.ddgan.api.RefusedException;
import io.ddgan.internal.weights.Safetensors;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything that training needs to go on from a step.
 *
 * @param step number of steps done, which is also the step to go on with
 * @param parts tensors by the part that they belong to, such as {@code generator}; its name, of
 *     small letters, digits and hyphens, becomes the file's
 */
public record Checkpoint(long step, Map<String, Safetensors> parts) {

  /** The part that samples are drawn with: the moving average of the generator's weights. */
  public static final String EMA = "ema";

  /** The part with what the steps since the last row of metrics have measured. */
  public static final String MEASUREMENTS = "measurements";

  public Checkpoint {
    parts = Collections.unmodifiableMap(new TreeMap<>(parts));
    for (String part : parts.keySet()) {
      if (!part.matches("[a-z0-9-]+")) {
        throw new IllegalArgumentException("not the name of a checkpoint's part: " + part);
      }
    }
  }

  /** Whether it has the average but not the generator, so that no training resumes. */
  public boolean isModel() {
    return isModel(parts.keySet());
  }

  private static boolean isModel(Set<String> parts) {
    return parts.contains(EMA) && !parts.contains(Objective.GENERATOR);
  }

  /** One of its parts. */
  public Safetensors part(String name) {
    require(Set.of(name), parts.keySet());
    return parts.get(name);
  }

  /** Refuses a checkpoint that lacks a part. */
  static void require(Set<String> needed, Set<String> present) {
    for (String name : needed) {
      if (!present.contains(name)) {
        throw new RefusedException(
            "%s has no part %s, only %s"
                .formatted(
                    isModel(present) ? "this is a model, which" : "the checkpoint", name, present));
      }
    }
  }

  /** A checkpoint of those parts alone that have one of some names. */
  public Checkpoint only(Set<String> names) {
    Map<String, Safetensors> kept = new TreeMap<>(parts);
    kept.keySet().retainAll(names);
    return new Checkpoint(step, kept);
  }
}
