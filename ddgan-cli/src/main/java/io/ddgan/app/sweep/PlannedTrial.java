package io.ddgan.app.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import io.ddgan.api.RefusedException;
import io.ddgan.app.experiment.WeightSource;
import io.ddgan.app.sweep.Status.TrialState;
import io.ddgan.internal.config.Hocon;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /** Whether nothing is left to train. */
  public boolean isTrained() throws IOException {
    return status().is(TrialState.DONE);
  }

  /**
   * The command, after {@code ddgan}, that trains it or resumes its training.
   *
   * @param options further words
   * @throws RefusedException if it begins with the weights of a trial that is not done
   * @throws IOException if its files cannot be read or written
   */
  public List<String> training(List<String> options) throws IOException {
    RunFolder run = sweep.run(name);
    List<String> words = new ArrayList<>(options);
    Optional<String> source = source();
    if (source.isPresent()) {
      if (!Status.of(sweep, source.get()).is(TrialState.DONE)) {
        throw new RefusedException(
            "trial %s begins with the weights of %s, which is not done; train that one first, with --trial %s"
                .formatted(name, source.get(), source.get()));
      }
      if (!run.isRun()) { // the source is wherever the sweep is by now
        Path weights = sweep.run(source.get()).root();
        words.add(0, WeightSource.KEY + "=" + ConfigUtil.quoteString(weights.toString()));
      }
    }
    Status before = status();
    if (before.is(TrialState.FAILED)) {
      before.retried(run).write(sweep.status(name));
    }
    return Trial.training(run, sweep.configuration(name), words);
  }

  /** The trial with whose weights it begins, if it does so. */
  private Optional<String> source() throws IOException {
    if (!configuration.hasPath(WeightSource.KEY)) {
      return Optional.empty();
    }
    Path run = Path.of(configuration.getString(WeightSource.KEY));
    return Optional.of(run.getFileName().toString()).filter(sweep.names()::contains);
  }

  /**
   * The command, after {@code ddgan}, that measures what was not measured at the end of its
   * training; empty if nothing is left.
   *
   * @param wanted a hash of what is to be measured by now
   * @param options further words
   */
  public Optional<List<String>> measuring(String wanted, List<String> options) throws IOException {
    return status().isMeasurementLeft(wanted)
        ? Optional.of(Trial.measuring(sweep.run(name), configuration, options))
        : Optional.empty();
  }

  /** Notes that it was measured. */
  public void measured(String hash) throws IOException {
    status().measuredBy(Optional.of(hash)).write(sweep.status(name));
  }

  private Status status() throws IOException {
    return Status.of(sweep, name);
  }
}
