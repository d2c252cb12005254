package io.ddgan.app.sweep;

import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Foretells how long the rest of a sweep takes. A step of a trial takes as long as in those of its
 * configuration, or else of its base, or else in any: in those that have ended, evaluation
 * included, and before that in those that run.
 */
public final class TimeLeft {

  private final int workers;
  private final Map<String, Trial> waiting = new LinkedHashMap<>();
  private final Map<String, Running> running = new LinkedHashMap<>();
  private final List<Ended> ended = new ArrayList<>();

  /**
   * A trial that was run.
   *
   * @param trial the trial
   * @param step seconds of a step, with its share of the evaluation
   */
  private record Ended(Trial trial, double step) {}

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
   * @param trials all of them
   * @param left those that will be run, in their order
   * @param workers how many run at once
   */
  public TimeLeft(Results results, List<Trial> trials, List<Trial> left, int workers) {
    this.workers = workers;
    left.forEach(trial -> waiting.put(trial.name(), trial));
    for (Trial trial : trials) {
      Status status = results.status(trial.name());
      if (status.is(Status.TrialState.DONE)) {
        took(trial, status.seconds());
      }
    }
  }

  private void took(Trial trial, double seconds) {
    if (seconds > 0) { // nobody knows it of one that went on after its sweep
      ended.add(new Ended(trial, seconds / steps(trial)));
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

  /** A trial will not be started. */
  public void skipped(Trial trial) {
    waiting.remove(trial.name());
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
    if (step(any -> true).isEmpty()) {
      return OptionalDouble.empty();
    }
    List<Double> rests = new ArrayList<>();
    running.values().forEach(how -> rests.add(rest(how, now)));
    waiting.values().forEach(trial -> rests.add(steps(trial) * step(trial)));
    return OptionalDouble.of(atOnce(rests, workers));
  }

  private double step(Trial trial) {
    return alike(trial, this::step);
  }

  /** Seconds of a step on average, of those that tell it. */
  private OptionalDouble step(Predicate<Trial> which) {
    OptionalDouble known =
        ended.stream().filter(one -> which.test(one.trial())).mapToDouble(Ended::step).average();
    return known.isPresent()
        ? known
        : running.values().stream()
            .filter(how -> which.test(how.trial()))
            .flatMapToDouble(how -> how.step().stream())
            .average();
  }

  private double rest(Running how, double now) {
    long done = how.last().map(News::step).orElse(0L);
    double since = how.last().map(News::at).orElse(how.began());
    return Math.max(0, (steps(how.trial()) - done) * step(how.trial()) - (now - since));
  }

  /**
   * What is known of the trials that are most like one: of its configuration, or else of its base,
   * or else of any, of which something has to be known.
   *
   * @param average of the trials that it is asked for; empty if it is known of none
   */
  public static double alike(Trial trial, Function<Predicate<Trial>, OptionalDouble> average) {
    return Stream.<Predicate<Trial>>of(
            other -> other.configuration().equals(trial.configuration()),
            other -> other.base().equals(trial.base()),
            other -> true)
        .map(average)
        .flatMapToDouble(OptionalDouble::stream)
        .findFirst()
        .orElseThrow();
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
