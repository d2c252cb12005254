package io.ddgan.app.reproduction;

import io.ddgan.app.experiment.WeightSource;
import io.ddgan.app.process.LaunchedCommands;
import io.ddgan.app.process.LaunchedCommands.CommandEnd;
import io.ddgan.app.process.LaunchedCommands.EndListener;
import io.ddgan.app.process.LaunchedCommands.LaunchedCommand;
import io.ddgan.app.process.LocalLauncher;
import io.ddgan.app.process.Workers;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.commons.io.file.PathUtils;

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
    Path files = copy.root().resolveSibling(copy.root().getFileName() + "-process");
    Path log = Files.createDirectories(files).resolve("log");
    List<String> words =
        new ArrayList<>(List.of("train", original.experiment().toString(), "--run"));
    words.addAll(List.of(copy.root().toString(), "--resume-if-begun"));
    words.addAll(arguments());
    Ending ending = new Ending(listener);
    new LaunchedCommands(new LocalLauncher(), new Workers(1, threads, List.of()))
        .run(
            List.of(new LaunchedCommand("copy", copy.root(), words, log)),
            files.resolve("program"),
            ending,
            stop);
    PathUtils.deleteDirectory(files);
    Optional<RunProgress> told = RunProgress.read(copy.progress());
    told.ifPresent(listener);
    if (told.filter(RunProgress::isDone).isPresent()) {
      return new TrialEnd(RunState.DONE, Optional.empty());
    }
    RunState state = ending.problem.isPresent() ? RunState.FAILED : RunState.STOPPED;
    return new TrialEnd(state, told.flatMap(RunProgress::error).or(() -> ending.problem));
  }

  /**
   * How the training ended.
   *
   * @param why why it is not done, if that is known
   */
  public record TrialEnd(RunState state, Optional<String> why) {}

  private final class Ending implements EndListener {
    private final Consumer<RunProgress> listener;
    private Optional<String> problem = Optional.empty();

    Ending(Consumer<RunProgress> listener) {
      this.listener = listener;
    }

    @Override
    public void ended(LaunchedCommand command, CommandEnd ending) {
      problem = ending.isFailure() ? ending.problem() : Optional.empty();
    }

    @Override
    public void looked() {
      RunProgress.read(copy.progress()).ifPresent(listener);
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
