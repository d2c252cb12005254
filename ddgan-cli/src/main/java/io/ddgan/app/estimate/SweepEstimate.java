package io.ddgan.app.estimate;

import io.ddgan.api.Examples;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.process.OtherThread;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sweep.Trial;
import io.ddgan.app.text.Quantities;
import io.ddgan.internal.graph.NativeMemory;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.phase.NotFiniteException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code ddgan sweep --dry-run}: says how long the trials take, from a few steps of some. */
public final class SweepEstimate {

  /** Configurations that are measured at most; each takes seconds, or a minute or two. */
  private static final int MOST = 8;

  private SweepEstimate() {}

  /** Measures steps on noise and says how long the trials take with these workers. */
  public static void print(
      List<Trial> trials, Workers workers, Experiments experiments, PrintWriter out)
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
    Map<String, Double> known =
        OtherThread.call(() -> measure(some, workers.threads(), experiments, out));
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
    return trial.experiment().training().iterations();
  }

  /** Seconds of a step by configuration, of those that can be measured. */
  private static Map<String, Double> measure(
      List<Trial> trials, int threads, Experiments experiments, PrintWriter out)
      throws IOException {
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
