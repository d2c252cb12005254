package io.ddgan.train.phase;

import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.Phase;
import java.util.List;
import java.util.Map;

/**
 * An objective whose only network is the generator.
 *
 * @param all its phases; empty if it is only used for sampling
 */
public record GeneratorAlone(List<Phase> all) implements Objective {

  @Override
  public Map<String, Network> networks(ObjectiveComponents components) {
    return Map.of(GENERATOR, components.generator());
  }

  @Override
  public List<Phase> phases(ObjectiveComponents components) {
    return all;
  }
}
