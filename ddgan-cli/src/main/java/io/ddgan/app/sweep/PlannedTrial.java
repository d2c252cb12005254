package io.ddgan.app.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import io.ddgan.api.RefusedException;
import io.ddgan.app.experiment.WarmStart;
import io.ddgan.app.sweep.TrialStatus.TrialState;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * A trial of a planned sweep. It needs only the sweep's folder, not the sweep's file or the files
 * that it names.
 *
 * @param name the trial's hash
 * @param configuration the configuration of its training and evaluation, with all keys
 */
public record PlannedTrial(SweepFolder sweep, String name, Config configuration) {

  /**
   * Finds a trial.
   *
   * @param which its number (from 0, in the order of {@code results.csv}), or its name
   * @throws RefusedException if there is no such trial; the message names the valid ones
   * @throws IOException if the folder is not a sweep or cannot be read
   */
  public static PlannedTrial of(SweepFolder sweep, String which) throws IOException {
    List<String> names = List.copyOf(sweep.plan().names());
    // a name may consist of digits only, but has more of them
    boolean isNumber = which.matches("\\d{1,5}") && Integer.parseInt(which) < names.size();
    String name = isNumber ? names.get(Integer.parseInt(which)) : which;
    if (!names.contains(name)) {
      throw new RefusedException(
          "the sweep %s has no trial %s; give a number from 0 to %d, or a name in %s"
              .formatted(sweep.root(), which, names.size() - 1, sweep.results()));
    }
    return new PlannedTrial(sweep, name, Trial.read(sweep.configuration(name)));
  }

  /**
   * Trains the trial or resumes it, then computes the metrics that are missing.
   *
   * @param wanted hash of the present evaluation settings
   * @param ddgan runs a command, given without {@code ddgan}, and returns its exit code
   * @return the exit code; 0 only if nothing is left to do
   * @throws RefusedException if it starts from the weights of an unfinished trial
   */
  public int run(String wanted, ToIntFunction<List<String>> ddgan) throws IOException {
    if (!status().is(TrialState.DONE)) {
      int code = ddgan.applyAsInt(training());
      if (code != 0 || !status().is(TrialState.DONE)) {
        return Math.max(code, 1);
      }
    }
    if (status().isMeasurementLeft(wanted)) {
      int code = ddgan.applyAsInt(Trial.measuring(sweep.run(name), configuration));
      if (code != 0) {
        return code;
      }
      status().measuredBy(Optional.of(wanted)).write(sweep.status(name));
    }
    return 0;
  }

  private List<String> training() throws IOException {
    RunFolder run = sweep.run(name);
    List<String> words = new ArrayList<>(Trial.training(run, sweep.configuration(name)));
    Optional<String> source =
        Optional.of(WarmStart.KEY)
            .filter(configuration::hasPath)
            .map(key -> Path.of(configuration.getString(key)).getFileName().toString())
            .filter(sweep.plan().names()::contains);
    if (source.isPresent()) {
      if (!TrialStatus.of(sweep, source.get()).is(TrialState.DONE)) {
        throw new RefusedException(
            "trial %s starts from the weights of %s, which is not done; train that first with --trial %s"
                .formatted(name, source.get(), source.get()));
      }
      if (!run.isRun()) { // the sweep may have been moved
        Path weights = sweep.run(source.get()).root();
        words.add(WarmStart.KEY + "=" + ConfigUtil.quoteString(weights.toString()));
      }
    }
    TrialStatus before =
        TrialStatus.read(sweep.status(name)); // as stored, without the run's progress
    if (!before.is(TrialState.PENDING)) {
      before.retried(run).write(sweep.status(name));
    }
    return words;
  }

  private TrialStatus status() throws IOException {
    return TrialStatus.of(sweep, name);
  }
}
