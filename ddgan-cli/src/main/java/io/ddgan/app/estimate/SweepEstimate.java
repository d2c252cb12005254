package io.ddgan.app.estimate;

import io.ddgan.api.Examples;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.environment.MachineMemory;
import io.ddgan.app.experiment.Setups;
import io.ddgan.app.process.OtherThread;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sweep.TimeLeft;
import io.ddgan.app.sweep.Trial;
import io.ddgan.app.text.Quantities;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.phase.NotFiniteException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ddgan sweep --dry-run}: says how long the trials take, from a few steps of some. */
public final class SweepEstimate {

  /** Configurations that are measured at most; each takes seconds, or a minute or two. */
  private static final int MOST = 8;

  private final Setups setups;

  @Inject
  public SweepEstimate(Setups setups) {
    this.setups = setups;
  }

  /** Measures steps on noise and says how long the trials take with these workers. */
  public void print(List<Trial> trials, Workers workers, PrintWriter out)
      throws IOException, InterruptedException {
    List<Trial> trained =
        trials.stream().filter(each -> each.experiment().training().iterations() > 0).toList();
    if (trained.isEmpty()) {
      out.println("no step is done; what the trials begin with is measured");
      return;
    }
    List<Trial> configurations = configurations(trained);
    List<Trial> measured = some(configurations);
    String all = Quantities.count(configurations.size(), "configuration");
    out.printf(
        "measuring steps of %s on noise, each some seconds, or a minute or two if steps are long; --no-estimate leaves it out%n",
        measured.size() == configurations.size()
            ? all
            : "%,d of %s".formatted(measured.size(), all));
    Map<String, Double> steps = OtherThread.call(() -> measure(measured, workers.threads(), out));
    if (steps.isEmpty()) {
      out.println("no step can be measured here, as none fits in memory or stays finite");
      return;
    }
    List<Double> seconds =
        trained.stream()
            .map(trial -> trial.experiment().training().iterations() * step(trial, measured, steps))
            .toList();
    out.printf(
        "estimated on this machine: %s for %s, %,d at once with %s each; the metrics themselves come on top%n",
        Quantities.seconds(TimeLeft.atOnce(seconds, workers.count())),
        Quantities.count(trials.size(), "trial"),
        workers.count(),
        Quantities.count(workers.threads(), "thread"));
  }

  /** Seconds of a trial's step, as of those that were measured. */
  private static double step(Trial trial, List<Trial> measured, Map<String, Double> steps) {
    return TimeLeft.alike(
        trial,
        which ->
            measured.stream()
                .filter(other -> which.test(other) && steps.containsKey(other.configuration()))
                .mapToDouble(other -> steps.get(other.configuration()))
                .average());
  }

  /** The first trial of each configuration. */
  private static List<Trial> configurations(List<Trial> trials) {
    Map<String, Trial> first = new LinkedHashMap<>();
    trials.forEach(trial -> first.putIfAbsent(trial.configuration(), trial));
    return List.copyOf(first.values());
  }

  /** Evenly spread over all. */
  private static List<Trial> some(List<Trial> all) {
    int count = Math.min(MOST, all.size());
    List<Trial> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(all.get(i * all.size() / count));
    }
    return some;
  }

  /**
   * Seconds of a step by configuration, with a step's share of pictures and of the examples that
   * are measured; of those that fit in memory.
   */
  private Map<String, Double> measure(List<Trial> trials, int threads, PrintWriter out)
      throws IOException {
    // As if twice the threads took half the time, which is nearly so of large steps alone.
    double share = Backend.load().threads() / (double) threads;
    Map<String, Double> steps = new LinkedHashMap<>();
    for (Trial trial : trials) {
      Optional<Double> seconds;
      try {
        seconds = seconds(setups.of(trial.experiment())).map(all -> all * share);
      } catch (NotFiniteException e) {
        out.printf("%s: %s, on noise%n", trial.description(), e.getMessage());
        continue;
      }
      seconds.ifPresent(
          all ->
              steps.put(trial.configuration(), all / trial.experiment().training().iterations()));
      out.printf(
          "%s: %s%n",
          trial.description(), seconds.map(Quantities::seconds).orElse("does not fit in memory"));
    }
    return steps;
  }

  private static Optional<Double> seconds(Setup setup) throws IOException {
    try (Examples data = setup.open()) {
      return new Estimator(setup, data.shape(), Setup.classes(data), MachineMemory.here())
          .estimate()
          .time()
          .map(TrainingEstimate.Time::training);
    }
  }
}
