package io.ddgan.app.estimate;

import io.ddgan.api.DataShape;
import io.ddgan.api.OpenDataset;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.experiment.ExperimentSummary;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.process.ComputeThread;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sweep.Trial;
import io.ddgan.app.text.Quantities;
import io.ddgan.config.ConfigurationException;
import io.ddgan.eval.EvaluationCheck;
import io.ddgan.internal.graph.NativeMemory;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.phase.NotFiniteException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code --dry-run}: describes a training and estimates its cost from a few steps on noise. */
public record DryRun(Experiments experiments, PrintWriter out) {

  /** The maximum number of measured configurations of a sweep; each takes seconds to minutes. */
  private static final int MOST = 8;

  /** Known facts about data; without their files the classes may be unknown. */
  public record Known(DataShape shape, int classes) {}

  /**
   * Describes the experiment. The data may be missing if the configuration defines their shape.
   *
   * @return the known facts about the data
   * @throws IOException if the data are unusable, or missing and needed for their shape
   */
  public Known outline(Setup setup) throws IOException {
    try (OpenDataset data = setup.open()) {
      String size = ExperimentSummary.of(data);
      out.println(ExperimentSummary.text(setup, size, EvaluationCheck.of(setup, data)));
      return new Known(data.shape(), Setup.classes(data));
    } catch (FileNotFoundException e) {
      DataShape shape = setup.experiment().data().shape().orElseThrow(() -> e);
      int classes = setup.experiment().data().classes();
      try {
        String text =
            ExperimentSummary.text(setup, ExperimentSummary.of(shape), setup.check(shape, classes));
        out.printf("the data are missing: %s%n%s%n", e.getMessage(), text);
        return new Known(shape, classes);
      } catch (ConfigurationException unsuitable) {
        setup.check(shape, Math.max(2, classes)); // if it does not fit with classes either
        throw e; // the data may have classes
      }
    }
  }

  /**
   * Prints an estimate of the memory and time of a training.
   *
   * @throws ConfigurationException if it needs more memory than available
   */
  public void estimate(Setup setup, Known data, Backend backend, NativeMemory machine)
      throws IOException {
    long steps = setup.experiment().training().steps();
    if (steps == 0) {
      out.println(
          "no steps to estimate: training.steps = 0, only the initial weights are evaluated");
      return;
    }
    out.println("timing steps on noise; this takes up to two minutes");
    String most = Quantities.bytes(Math.round(machine.most()));
    Estimate estimate =
        Estimate.of(setup, data.shape(), data.classes(), machine)
            .filter(each -> each.memory() <= machine.most())
            .orElseThrow(
                () ->
                    ConfigurationException.of(
                        "training.batch-size",
                        "%d does not fit in %s of memory; set a smaller one"
                            .formatted(setup.experiment().training().batchSize(), most)));
    out.printf(
        "estimate for this machine (%s, %s): about %s of memory (limit %s), %s per step, %s for all %,d steps, plus pictures and metrics%n",
        backend.name(),
        Quantities.count(backend.threads(), "thread"),
        Quantities.bytes(Math.round(estimate.memory())),
        most,
        Quantities.seconds(estimate.seconds()),
        Quantities.seconds(steps * estimate.seconds()),
        steps);
  }

  /** Prints an estimate of the time of a sweep. */
  public void estimate(List<Trial> trials, Workers workers)
      throws IOException, InterruptedException {
    List<Trial> trained = trials.stream().filter(trial -> steps(trial) > 0).toList();
    if (trained.isEmpty()) {
      out.println("no steps to estimate: only the initial weights of the trials are evaluated");
      return;
    }
    Map<String, Trial> first = new LinkedHashMap<>();
    trained.forEach(trial -> first.putIfAbsent(trial.configuration(), trial));
    List<Trial> all = List.copyOf(first.values());
    int count = Math.min(MOST, all.size());
    List<Trial> some = // evenly spread
        IntStream.range(0, count).mapToObj(i -> all.get(i * all.size() / count)).toList();
    out.printf(
        "timing steps on noise for %,d of %s, each up to two minutes; skip this with --no-estimate%n",
        count, Quantities.count(all.size(), "configuration"));
    Map<String, Double> known = ComputeThread.call(() -> measure(some, workers.threads()));
    if (known.isEmpty()) {
      out.println("no estimate: no step fits in memory or stays finite");
      return;
    }
    double others = known.values().stream().mapToDouble(x -> x).average().orElseThrow();
    double seconds =
        trained.stream()
            .mapToDouble(t -> steps(t) * known.getOrDefault(t.configuration(), others))
            .sum();
    out.printf(
        "estimate for this machine: %s for %s, %,d at once with %s each, plus pictures and metrics%n",
        Quantities.seconds(seconds / Math.min(workers.count(), trials.size())),
        Quantities.count(trials.size(), "trial"),
        workers.count(),
        Quantities.count(workers.threads(), "thread"));
  }

  private static long steps(Trial trial) {
    return trial.experiment().training().steps();
  }

  /** Returns the seconds per step of each measurable configuration. */
  private Map<String, Double> measure(List<Trial> trials, int threads) throws IOException {
    // Assumes that time is inverse to threads, which is nearly true for large steps.
    double share = Backend.load().threads() / (double) threads;
    Map<String, Double> known = new LinkedHashMap<>();
    for (Trial trial : trials) {
      Setup setup = experiments.setup(trial.experiment());
      String result = "does not fit in memory";
      try (OpenDataset data = setup.open()) {
        Optional<Estimate> estimate =
            Estimate.of(setup, data.shape(), Setup.classes(data), NativeMemory.now());
        if (estimate.isPresent()) {
          double seconds = estimate.get().seconds() * share;
          known.put(trial.configuration(), seconds);
          result = Quantities.seconds(steps(trial) * seconds);
        }
      } catch (NotFiniteException e) {
        result = e.getMessage() + ", on noise";
      }
      out.printf("%s: %s%n", trial.description(), result);
    }
    return known;
  }
}
