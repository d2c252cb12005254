package io.ddgan.app.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import io.ddgan.api.RefusedException;
import io.ddgan.app.experiment.WarmStart;
import io.ddgan.app.sweep.TrialStatus.TrialState;
import io.ddgan.internal.config.Hocon;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * A trial of a sweep that was planned. All that is known of it is in the sweep's folder: neither
 * the sweep's file nor what it names need be where the trial is trained.
 *
 * @param name the trial's hash
 * @param configuration what it trains and measures, with all keys
 */
public record PlannedTrial(SweepFolder sweep, String name, Config configuration) {

  /**
   * Finds a trial.
   *
   * @param which its number from 0 in the order of {@code results.csv}, or its name
   * @throws RefusedException if there is no such trial; the message says which there are
   * @throws IOException if the folder is no sweep's or cannot be read
   */
  public static PlannedTrial of(SweepFolder sweep, String which) throws IOException {
    List<String> names = sweep.names();
    // numbers have fewer digits than names, which may have no others
    boolean isNumber = which.matches("\\d{1,5}") && Integer.parseInt(which) < names.size();
    String name = isNumber ? names.get(Integer.parseInt(which)) : which;
    if (!names.contains(name)) {
      throw new RefusedException(
          "the sweep %s has no trial %s; its trials are 0 to %d, or the names in %s"
              .formatted(sweep.root(), which, names.size() - 1, sweep.results()));
    }
    Path configuration = sweep.configuration(name);
    if (!Files.exists(configuration)) {
      throw new RefusedException(
          "the trial %s is not written down in %s; plan the sweep with --plan --resume"
              .formatted(name, sweep.root()));
    }
    return new PlannedTrial(sweep, name, Hocon.file(configuration));
  }

  /**
   * Trains it or resumes its training, and measures what was not measured at the end of that.
   *
   * @param wanted a hash of what is to be measured by now
   * @param ddgan runs a command, after {@code ddgan}, and gives its exit code
   * @return the exit code; 0 only if nothing is left to do
   * @throws RefusedException if it begins with the weights of a trial that is not done
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
            .filter(sweep.names()::contains);
    if (source.isPresent()) {
      if (!TrialStatus.of(sweep, source.get()).is(TrialState.DONE)) {
        throw new RefusedException(
            "trial %s begins with the weights of %s, which is not done; train that one first, with --trial %s"
                .formatted(name, source.get(), source.get()));
      }
      if (!run.isRun()) { // the source is wherever the sweep is by now
        Path weights = sweep.run(source.get()).root();
        words.add(WarmStart.KEY + "=" + ConfigUtil.quoteString(weights.toString()));
      }
    }
    TrialStatus before =
        TrialStatus.read(sweep.status(name)); // what the run says is kept for its check
    if (!before.is(TrialState.PENDING)) {
      before.retried(run).write(sweep.status(name));
    }
    return words;
  }

  private TrialStatus status() throws IOException {
    return TrialStatus.of(sweep, name);
  }
}
