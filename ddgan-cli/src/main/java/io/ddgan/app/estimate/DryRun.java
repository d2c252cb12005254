package io.ddgan.app.estimate;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
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

/** {@code --dry-run}: says what would be trained and what that takes, from a few steps on noise. */
public record DryRun(Experiments experiments, PrintWriter out) {

  /**
   * Configurations of a sweep that are measured at most; each takes seconds, or a minute or two.
   */
  private static final int MOST = 8;

  /** What is known of data, of which only their files may say that they have classes. */
  public record Known(DataShape shape, int classes) {}

  /**
   * Describes the experiment; the data need not be there if the configuration says their shape.
   *
   * @return what is known of the data
   * @throws IOException if the data are there and cannot be used, or if nothing but they would say
   *     their shape
   */
  public Known outline(Setup setup) throws IOException {
    try (Examples data = setup.open()) {
      String size = ExperimentSummary.of(data);
      out.println(ExperimentSummary.text(setup, size, EvaluationCheck.of(setup, data)));
      return new Known(data.shape(), Setup.classes(data));
    } catch (FileNotFoundException e) {
      DataShape shape = setup.experiment().data().shape().orElseThrow(() -> e);
      int classes = setup.experiment().data().classes();
      out.println("the data are not here: " + e.getMessage());
      String size = ExperimentSummary.of(shape);
      out.println(ExperimentSummary.text(setup, size, setup.check(shape, classes)));
      return new Known(shape, classes);
    }
  }

  /**
   * Says what memory and time a training takes.
   *
   * @throws ConfigurationException if it takes more memory than there is
   */
  public void estimate(Setup setup, Known data, Backend backend, NativeMemory machine)
      throws IOException {
    long steps = setup.experiment().training().steps();
    if (steps == 0) {
      out.println("no step is done; what it begins with is measured");
      return;
    }
    out.println("measuring steps on noise, which takes a minute or two if they are long");
    String most = Quantities.bytes(Math.round(machine.most()));
    Estimate estimate =
        Estimate.of(setup, data.shape(), data.classes(), machine)
            .filter(each -> each.memory() <= machine.most())
            .orElseThrow(
                () ->
                    ConfigurationException.of(
                        "training.batch-size",
                        "%d does not fit in the %s of memory here; a smaller one needs less"
                            .formatted(setup.experiment().training().batchSize(), most)));
    out.printf(
        "estimated on this machine (%s, %s): needs about %s of memory (this process may have %s) and %s per step, %s for all %,d steps; pictures and metrics come on top%n",
        backend.name(),
        Quantities.count(backend.threads(), "thread"),
        Quantities.bytes(Math.round(estimate.memory())),
        most,
        Quantities.seconds(estimate.seconds()),
        Quantities.seconds(steps * estimate.seconds()),
        steps);
  }

  /** Says how long the trials of a sweep take with these workers. */
  public void estimate(List<Trial> trials, Workers workers)
      throws IOException, InterruptedException {
    List<Trial> trained = trials.stream().filter(trial -> steps(trial) > 0).toList();
    if (trained.isEmpty()) {
      out.println("no step is done; what the trials begin with is measured");
      return;
    }
    Map<String, Trial> first = new LinkedHashMap<>();
    trained.forEach(trial -> first.putIfAbsent(trial.configuration(), trial));
    List<Trial> all = List.copyOf(first.values());
    int count = Math.min(MOST, all.size());
    List<Trial> some = // evenly spread
        IntStream.range(0, count).mapToObj(i -> all.get(i * all.size() / count)).toList();
    out.printf(
        "measuring steps of %,d of %s on noise, each some seconds, or a minute or two if steps are long; --no-estimate leaves it out%n",
        count, Quantities.count(all.size(), "configuration"));
    Map<String, Double> known = ComputeThread.call(() -> measure(some, workers.threads()));
    if (known.isEmpty()) {
      out.println("no step can be measured here, as none fits in memory or stays finite");
      return;
    }
    double others = known.values().stream().mapToDouble(x -> x).average().orElseThrow();
    double seconds =
        trained.stream()
            .mapToDouble(t -> steps(t) * known.getOrDefault(t.configuration(), others))
            .sum();
    out.printf(
        "estimated on this machine: %s for %s, %,d at once with %s each; pictures and metrics come on top%n",
        Quantities.seconds(seconds / Math.min(workers.count(), trials.size())),
        Quantities.count(trials.size(), "trial"),
        workers.count(),
        Quantities.count(workers.threads(), "thread"));
  }

  private static long steps(Trial trial) {
    return trial.experiment().training().steps();
  }

  /** Seconds of a step by configuration, of those that can be measured. */
  private Map<String, Double> measure(List<Trial> trials, int threads) throws IOException {
    // As if twice the threads took half the time, which is nearly so of large steps alone.
    double share = Backend.load().threads() / (double) threads;
    Map<String, Double> known = new LinkedHashMap<>();
    for (Trial trial : trials) {
      Setup setup = experiments.setup(trial.experiment());
      String result = "does not fit in memory";
      try (Examples data = setup.open()) {
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
