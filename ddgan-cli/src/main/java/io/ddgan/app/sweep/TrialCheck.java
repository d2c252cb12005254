package io.ddgan.app.sweep;

import io.ddgan.api.Dataset;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.RefusedException;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.experiment.ExperimentSummary;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.WarmStart;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.eval.EvaluationCheck;
import io.ddgan.train.experiment.EvaluationSettings;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.importing.InitialWeights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks, before the first trial starts, that all trials can start. */
public final class TrialCheck {

  private TrialCheck() {}

  /**
   * Assembles the networks of all trials and opens their data.
   *
   * @return descriptions of the data sets
   * @throws ConfigurationException if any trial is invalid; it lists all problems
   */
  public static Set<String> check(List<Trial> trials, Experiments experiments) throws IOException {
    Backend unused = Backend.load();
    Map<Dataset, OpenDataset> opened = new HashMap<>();
    Set<String> data = new LinkedHashSet<>();
    Set<String> checked = new HashSet<>();
    // many trials have the same evaluation, which may need large files
    Set<List<Object>> measured = new HashSet<>();
    Map<Problem, List<Trial>> problems = new LinkedHashMap<>();
    try {
      for (Trial trial : trials) {
        if (checked.add(trial.configuration())) {
          try {
            Setup setup = experiments.setup(trial.experiment());
            Dataset configured = trial.experiment().data();
            if (!opened.containsKey(configured)) {
              opened.put(configured, setup.open());
              data.add(ExperimentSummary.of(opened.get(configured)));
            }
            OpenDataset examples = opened.get(configured);
            setup.check(examples.shape(), Setup.classes(examples));
            EvaluationSettings evaluation = trial.experiment().evaluation();
            boolean isConditional = setup.isConditional(examples);
            if (measured.add(List.of(evaluation, configured, isConditional))) {
              EvaluationCheck.require(evaluation, examples, () -> isConditional);
            }
            Optional<WarmStart.Loaded> unusedWeights =
                WarmStart.load(setup, examples.shape(), Setup.classes(examples));
            if (trial.source().isPresent()) {
              requireWeights(trial.source().get(), setup, examples, experiments);
            }
          } catch (ConfigurationException e) {
            for (Problem problem : e.locatedIn(trial.written()).problems()) {
              problems.computeIfAbsent(problem, same -> new ArrayList<>()).add(trial);
            }
          } catch (RuntimeException | IOException e) { // a plug-in may throw any
            String reason = Optional.ofNullable(e.getMessage()).orElseGet(e::toString);
            problems.computeIfAbsent(Problem.of("", reason), same -> new ArrayList<>()).add(trial);
          }
        }
      }
    } finally {
      for (OpenDataset examples : opened.values()) {
        examples.close();
      }
    }
    ConfigurationException.throwIfAny(
        problems.entrySet().stream().map(each -> of(each.getKey(), each.getValue())).toList());
    return data;
  }

  /** Checks that the weights of the source fit the networks of the trial. */
  private static void requireWeights(
      Trial source, Setup setup, OpenDataset data, Experiments experiments) throws IOException {
    Setup other = experiments.setup(source.experiment());
    String called = "the trial " + source.description();
    try {
      InitialWeights.require(setup, other, data.shape(), Setup.classes(data), called);
    } catch (RefusedException e) {
      throw ConfigurationException.of(Trial.INIT_FROM_TRIAL, e);
    }
  }

  /** Returns a problem with the first of the trials that have it. */
  private static Problem of(Problem problem, List<Trial> trials) {
    String first = trials.get(0).description();
    String others = trials.size() > 1 ? " and %,d more".formatted(trials.size() - 1) : "";
    String message = "%s (trial %s%s)".formatted(problem.message(), first, others);
    return new Problem(problem.origin(), problem.key(), message);
  }
}
