package io.ddgan.train.phase;

import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.Batches;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws what a step of training needs, as a function of the seed and the step alone. All phases see
 * the same real examples, and what they do with them is drawn for each anew, every draw from a
 * stream of its own name.
 */
public record StepDraws(
    Batches batches, RandomStreams random, List<CompiledPhase> phases, long total) {

  /** The draws of a step, counted from 0. */
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
