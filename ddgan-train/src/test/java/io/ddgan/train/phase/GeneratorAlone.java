package io.ddgan.train.phase;

import io.ddgan.api.ExperimentComponents;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.Phase;
import java.util.List;
import java.util.Map;

/**
 * An objective of a generator and no other network.
 *
 * @param all its phases; none for one that is only sampled from
 */
public record GeneratorAlone(List<Phase> all) implements Objective {

  @Override
  public Map<String, Network> networks(ExperimentComponents components) {
    return Map.of(GENERATOR, components.generator());
  }

  @Override
  public List<Phase> phases(ExperimentComponents components) {
    return all;
  }
}
