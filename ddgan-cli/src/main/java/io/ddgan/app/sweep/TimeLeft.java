package io.ddgan.app.sweep;

import io.ddgan.train.run.RunProgress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** Foretells how long the rest of a sweep takes, as if all steps took as long as those so far. */
public final class TimeLeft {

  /** Steps that are not done, by the trial's name. */
  private final Map<String, Long> left = new HashMap<>();

  private final Set<String> begun = new HashSet<>();
  private OptionalDouble start = OptionalDouble.empty();
  private long done;

  /** Nothing runs yet of the trials that will be run. */
  public TimeLeft(List<Trial> trials) {
    trials.forEach(t -> left.put(t.name(), t.experiment().training().iterations()));
  }

  /**
   * A trial has told how far it is.
   *
   * @param now seconds on any clock
   */
  public void progressed(Trial trial, RunProgress progress, double now) {
    long rest = progress.total() - progress.step();
    long before = left.put(trial.name(), rest);
    if (!begun.add(trial.name())) { // what it told first, an earlier process may have done
      done += before - rest;
    }
    start = start.isPresent() ? start : OptionalDouble.of(now);
  }

  /** A trial has ended, or will not be started. */
  public void ended(Trial trial) {
    left.remove(trial.name());
  }

  /** Seconds until all is done; empty before the first steps. */
  public OptionalDouble seconds(double now) {
    long rest = left.values().stream().mapToLong(steps -> steps).sum();
    return done > 0
        ? OptionalDouble.of((now - start.getAsDouble()) / done * rest)
        : OptionalDouble.empty();
  }
}
