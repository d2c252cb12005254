package io.ddgan.cli.sweep;

import io.ddgan.api.Dataset;
import io.ddgan.api.Examples;
import io.ddgan.cli.environment.Backend;
import io.ddgan.cli.experiment.Setups;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.train.experiment.Setup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out, before the first trial of a sweep starts, what would end any at its beginning. */
public final class TrialCheck {

  private final Setups setups;

  @Inject
  public TrialCheck(Setups setups) {
    this.setups = setups;
  }

  /**
   * Puts the networks of all trials together and opens their data.
   *
   * @return the backend that was loaded for it
   * @throws ConfigurationException if anything is wrong; it names all that is
   */
  public Backend check(List<Trial> trials) throws IOException {
    Backend backend = Backend.load();
    Map<Dataset, Examples> opened = new HashMap<>();
    Set<String> checked = new HashSet<>();
    List<Problem> problems = new ArrayList<>();
    try {
      for (Trial trial : trials) {
        if (checked.add(trial.configuration())) {
          try {
            Setup setup = setups.of(trial.experiment());
            Dataset data = trial.experiment().data();
            if (!opened.containsKey(data)) {
              opened.put(data, setup.open());
            }
            Examples examples = opened.get(data);
            setup.check(examples);
            setup.requireEffect(examples.shape());
          } catch (ConfigurationException e) {
            e.locatedIn(trial.written()).problems().forEach(p -> problems.add(of(trial, p)));
          } catch (RuntimeException | IOException e) { // a plug-in may throw any
            problems.add(new Problem("trial " + trial.description(), "", reason(e)));
          }
        }
      }
    } finally {
      for (Examples data : opened.values()) {
        data.close();
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return backend;
  }

  private static Problem of(Trial trial, Problem problem) {
    String message = "%s (trial %s)".formatted(problem.message(), trial.description());
    return new Problem(problem.origin(), problem.key(), message);
  }

  private static String reason(Exception e) {
    return Optional.ofNullable(e.getMessage()).orElseGet(e::toString);
  }
}
