package io.ddgan.train.phase;

import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.Batches;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws the inputs of a training step. They depend on the seed and the step alone. All phases share
 * the real examples; every other input is drawn per phase, from a stream named after it.
 */
public record StepDraws(
    Batches batches, RandomStreams random, List<CompiledPhase> phases, long total) {

  /** Draws the inputs of a step, counted from 0, by the name of the phase. */
  public Map<String, PhaseDraw> draw(long step) throws IOException {
    Batches.Read read = batches.read(step);
    Map<String, PhaseDraw> draws = new TreeMap<>();
    for (CompiledPhase phase : phases) {
      if (phase.phase().interval().isDue(step)) {
        draws.put(
            phase.phase().name(), phase.draw(step, total, read.values(), read.labels(), random));
      }
    }
    return draws;
  }
}
