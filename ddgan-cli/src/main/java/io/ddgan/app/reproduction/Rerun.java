package io.ddgan.app.reproduction;

import io.ddgan.api.TrialLauncher.Resources;
import io.ddgan.app.experiment.WeightSource;
import io.ddgan.app.process.RunningTrial;
import io.ddgan.app.process.RunningTrial.TrialEnd;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Trains the experiment of a run in another folder, in a process of its own. */
public final class Rerun {

  private final RunFolder original;
  private final RunFolder copy;
  private final Optional<WeightSource> initial;
  private final List<String> options;

  /**
   * Nothing has been done yet.
   *
   * @param initial the checkpoint that the original began with, if it was one
   * @param options of the command that trains
   */
  public Rerun(
      RunFolder original, RunFolder copy, Optional<WeightSource> initial, List<String> options) {
    this.original = original;
    this.copy = copy;
    this.initial = initial;
    this.options = options;
  }

  /**
   * Trains, or goes on with it, until the end or until asked to stop.
   *
   * @param threads threads that it computes with
   * @param listener takes how far it is, again and again
   * @param stop asked all the time; true ends the training after a checkpoint
   * @throws IOException if it cannot be started
   */
  public TrialEnd train(int threads, Consumer<RunProgress> listener, BooleanSupplier stop)
      throws IOException, InterruptedException {
    Resources resources = new Resources(threads, Optional.empty(), 1);
    try (RunningTrial trial =
        RunningTrial.startHere(copy, original.experiment(), resources, arguments())) {
      while (trial.isRunning()) {
        trial.news().ifPresent(listener);
        if (stop.getAsBoolean()) {
          trial.stop();
        }
        Thread.sleep(RunningTrial.BETWEEN_LOOKS);
      }
      TrialEnd ending = trial.ending();
      trial.news().ifPresent(listener);
      return ending;
    }
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(options);
    if (!copy.isRun()) {
      initial.ifPresent(source -> arguments.addAll(List.of("--init-from", source.name())));
    }
    return arguments;
  }
}
