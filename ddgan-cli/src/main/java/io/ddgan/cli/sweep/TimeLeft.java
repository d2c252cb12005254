package io.ddgan.cli.sweep;

import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;

/**
 * Foretells how long the rest of a sweep takes. A trial takes as long as those of its configuration
 * that have ended; before, as its own steps tell, without an evaluation at its end; and one that
 * has not begun, as many seconds a step as the others on average.
 */
public final class TimeLeft {

  private final int workers;
  private final Map<String, Trial> waiting = new LinkedHashMap<>();
  private final Map<String, Running> running = new LinkedHashMap<>();
  private final Map<String, List<Double>> ended = new LinkedHashMap<>();

  /**
   * A trial at work.
   *
   * @param trial the trial
   * @param began when it was started, in seconds
   * @param first the first that it told, and when
   * @param last the last that it told, and when
   */
  private record Running(Trial trial, double began, Optional<News> first, Optional<News> last) {

    /** Seconds of a step; empty before that can be known. */
    OptionalDouble step() {
      return first.isPresent() && last.orElseThrow().step() > first.get().step()
          ? OptionalDouble.of(
              (last.get().at() - first.get().at()) / (last.get().step() - first.get().step()))
          : OptionalDouble.empty();
    }
  }

  private record News(long step, double at) {}

  /**
   * Nothing runs yet.
   *
   * @param results how far all trials are
   * @param left those that will be run, in their order
   * @param workers how many run at once
   */
  public TimeLeft(Results results, List<Trial> left, int workers) {
    this.workers = workers;
    left.forEach(trial -> waiting.put(trial.name(), trial));
    results.rows().stream()
        .filter(row -> row.status().is(Status.TrialState.DONE))
        .forEach(row -> took(row.trial(), row.status().seconds()));
  }

  private void took(Trial trial, double seconds) {
    if (seconds > 0) { // nobody knows it of one that went on after its sweep
      ended
          .computeIfAbsent(trial.configuration(), name -> new ArrayList<>())
          .add(seconds / steps(trial));
    }
  }

  private static long steps(Trial trial) {
    return Math.max(1, trial.experiment().training().iterations());
  }

  /** A trial was started. */
  public void started(Trial trial, double now) {
    waiting.remove(trial.name());
    running.put(trial.name(), new Running(trial, now, Optional.empty(), Optional.empty()));
  }

  /** A trial has told how far it is. */
  public void progressed(Trial trial, RunProgress progress, double now) {
    Running before = running.get(trial.name());
    Optional<News> news = Optional.of(new News(progress.step(), now));
    if (progress.state() == RunState.TRAINING
        && !before.last().map(News::step).equals(news.map(News::step))) {
      running.put(
          trial.name(), new Running(trial, before.began(), before.first().or(() -> news), news));
    }
  }

  /** A trial has ended, in whatever way. */
  public void ended(Trial trial, Status status) {
    running.remove(trial.name());
    if (status.is(Status.TrialState.DONE)) {
      took(trial, status.seconds());
    }
  }

  /**
   * Seconds until all is done.
   *
   * @param now seconds on the clock that the other methods were given
   * @return empty before the first steps
   */
  public OptionalDouble seconds(double now) {
    OptionalDouble typical = typical();
    if (typical.isEmpty()) {
      return typical;
    }
    List<Double> rests = new ArrayList<>();
    running.values().forEach(how -> rests.add(rest(how, now, typical.getAsDouble())));
    waiting
        .values()
        .forEach(trial -> rests.add(steps(trial) * known(trial).orElse(typical.getAsDouble())));
    return OptionalDouble.of(atOnce(rests, workers));
  }

  /** Seconds of a step on average, of those that tell it. */
  private OptionalDouble typical() {
    List<Double> all = new ArrayList<>();
    ended.values().forEach(steps -> all.add(mean(steps).orElseThrow()));
    running.values().stream()
        .filter(how -> !ended.containsKey(how.trial().configuration()))
        .forEach(how -> how.step().ifPresent(all::add));
    return mean(all);
  }

  private OptionalDouble known(Trial trial) {
    List<Double> known = new ArrayList<>(ended.getOrDefault(trial.configuration(), List.of()));
    if (known.isEmpty()) {
      running.values().stream()
          .filter(how -> how.trial().configuration().equals(trial.configuration()))
          .forEach(how -> how.step().ifPresent(known::add));
    }
    return mean(known);
  }

  private double rest(Running how, double now, double typical) {
    double step = known(how.trial()).orElse(typical);
    long done = how.last().map(News::step).orElse(0L);
    double since = how.last().map(News::at).orElse(how.began());
    return Math.max(0, (steps(how.trial()) - done) * step - (now - since));
  }

  private static OptionalDouble mean(Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average();
  }

  /**
   * Seconds that work takes that is begun in its order, each by the worker that is free first.
   *
   * @param seconds of each
   */
  public static double atOnce(List<Double> seconds, int workers) {
    PriorityQueue<Double> free = new PriorityQueue<>();
    double last = 0;
    for (double each : seconds) {
      double end = (free.size() < workers ? 0 : free.remove()) + each;
      free.add(end);
      last = Math.max(last, end);
    }
    return last;
  }
}
