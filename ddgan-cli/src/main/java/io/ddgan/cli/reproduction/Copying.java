package io.ddgan.cli.reproduction;

import io.ddgan.cli.process.Child;
import io.ddgan.cli.process.Share;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Trains the experiment of a run in another folder, in a process of its own. */
public final class Copying {

  private static final long BETWEEN_LOOKS = 100;

  private final RunFolder original;
  private final RunFolder copy;
  private final List<String> options;

  /**
   * Nothing has been done yet.
   *
   * @param options of the command that trains
   */
  public Copying(RunFolder original, RunFolder copy, List<String> options) {
    this.original = original;
    this.copy = copy;
    this.options = options;
  }

  /**
   * Trains, or goes on with it, until the end or until asked to stop.
   *
   * @param threads threads that it computes with
   * @param lines takes what the training prints
   * @param stop asked now and then; true ends the training behind a checkpoint
   * @return the exit code of the training
   * @throws IOException if it cannot be started
   */
  public int train(int threads, Consumer<String> lines, BooleanSupplier stop)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("train"));
    arguments.add(copy.isRun() ? "--resume" : original.experiment().toString());
    arguments.addAll(List.of("--run", copy.root().toString()));
    arguments.addAll(options);
    Path log = Files.createTempFile("ddgan-reproduce", ".txt");
    try (Child child = Child.start(arguments, Share.whole(threads), log)) {
      int shown = 0;
      while (child.isAlive()) {
        shown = show(child, shown, true, lines);
        if (stop.getAsBoolean()) {
          child.stop();
          child.await();
        }
        Thread.sleep(BETWEEN_LOOKS);
      }
      show(child, shown, false, lines);
      return child.await();
    } finally {
      Files.delete(log);
    }
  }

  /** Passes on new lines; the last one of a process that runs may still grow. */
  private static int show(Child child, int shown, boolean runs, Consumer<String> lines)
      throws IOException {
    List<String> all = child.lines();
    int whole = runs ? Math.max(shown, all.size() - 1) : all.size();
    all.subList(shown, whole).forEach(lines);
    return whole;
  }
}
