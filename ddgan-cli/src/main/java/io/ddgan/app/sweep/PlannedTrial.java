package io.ddgan.app.sweep;

import com.typesafe.config.Config;
import io.ddgan.api.RefusedException;
import io.ddgan.app.experiment.WeightSource;
import io.ddgan.app.sweep.Status.TrialState;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A trial of a sweep that was planned. All that is known of it is in the sweep's folder: neither
 * the sweep's file nor what it names need be where the trial is trained.
 *
 * @param sweep the sweep's folder
 * @param name the trial's hash
 */
public record PlannedTrial(SweepFolder sweep, String name) {

  /** Numbers have fewer digits than names, which may have no others. */
  private static final String NUMBER = "\\d{1,5}";

  /**
   * Finds a trial.
   *
   * @param which its number from 0 in the order of {@code results.csv}, or its name
   * @throws RefusedException if there is no such trial; the message says which there are
   * @throws IOException if the folder is no sweep's or cannot be read
   */
  public static PlannedTrial of(SweepFolder sweep, String which) throws IOException {
    sweep.requireSweep();
    List<String> names = sweep.listed().stream().map(SweepFolder.Listed::name).toList();
    boolean isNumber = which.matches(NUMBER) && Integer.parseInt(which) < names.size();
    String name = isNumber ? names.get(Integer.parseInt(which)) : which;
    if (!names.contains(name)) {
      throw new RefusedException(
          "the sweep %s has no trial %s; its trials are 0 to %d, or the names in %s"
              .formatted(sweep.root(), which, names.size() - 1, sweep.results()));
    }
    return new PlannedTrial(sweep, name);
  }

  /** Its run, which may not have begun. */
  public RunFolder run() {
    return sweep.run(name);
  }

  /** Its configuration. */
  public Path configuration() {
    return sweep.configuration(name);
  }

  /** Whether nothing is left to do. */
  public boolean isDone() {
    return isDone(run());
  }

  private static boolean isDone(RunFolder run) {
    return run.isRun() && RunProgress.read(run.progress()).filter(RunProgress::isDone).isPresent();
  }

  /**
   * The run with whose weights it begins, if it begins with another trial's.
   *
   * @throws RefusedException if that one is not done
   * @throws IOException if its configuration cannot be read
   */
  public Optional<RunFolder> source() throws IOException {
    Optional<String> source = sourceName();
    if (source.isPresent() && !isDone(sweep.run(source.get()))) {
      throw new RefusedException(
          "trial %s begins with the weights of %s, which is not done; train that one first, with --trial %s"
              .formatted(name, source.get(), source.get()));
    }
    return source.map(sweep::run);
  }

  private Optional<String> sourceName() throws IOException {
    Config text = Hocon.text(read(), configuration().toString());
    if (!text.hasPath(WeightSource.KEY)) {
      return Optional.empty();
    }
    String run = Path.of(text.getString(WeightSource.KEY)).getFileName().toString();
    return sweep.listed().stream().map(SweepFolder.Listed::name).filter(run::equals).findFirst();
  }

  private String read() throws IOException {
    if (!Files.exists(configuration())) {
      throw new RefusedException(
          "the trial %s is not written down in %s; plan the sweep with --plan --resume"
              .formatted(name, sweep.root()));
    }
    try {
      return Files.readString(configuration());
    } catch (IOException e) {
      throw FileErrors.reading(configuration(), e);
    }
  }

  /** Forgets what came of it before, as it is trained again. */
  public void retry() throws IOException {
    Path file = sweep.status(name);
    Status before = Status.read(file);
    if (!before.is(TrialState.PENDING)) {
      before.retried(RunProgress.read(run().progress())).write(file);
    }
  }
}
