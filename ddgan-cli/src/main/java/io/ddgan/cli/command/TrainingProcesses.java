package io.ddgan.cli.command;

import io.ddgan.api.ProcessLauncher;
import io.ddgan.app.process.CommandRunner.LaunchedCommand;
import io.ddgan.app.process.MultiProcessTraining;
import io.ddgan.app.process.Workers;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.TerminalProgress;
import io.ddgan.internal.file.Folders;
import io.ddgan.internal.file.LockFile;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.file.PathUtils;

/**
 * The processes that train one run. This process starts them and shows their progress.
 *
 * @param words the command that trains the run, without --rank
 * @param workers the processes; all run at once
 * @param option the option that chooses another folder
 */
record TrainingProcesses(
    RunFolder run, List<String> words, ProcessLauncher launcher, Workers workers, String option) {

  /**
   * Trains the run to its end.
   *
   * @return true if the training is done; false if it was stopped
   * @throws IOException if a process fails; the message names its log
   */
  @SuppressWarnings("try") // the lock is only held
  boolean train(PrintWriter out, PrintWriter err) throws IOException, InterruptedException {
    Path root = run.root();
    Path files = root.resolveSibling(root.getFileName() + "-ranks");
    Path lock = root.resolveSibling(root.getFileName() + "-ranks.lock");
    List<LaunchedCommand> ranks = new ArrayList<>();
    for (int rank = 0; rank < workers.count(); rank++) {
      List<String> all = new ArrayList<>(words);
      all.addAll(List.of("--rank", "" + rank, "--world-size", "" + workers.count()));
      String name = "rank-%d".formatted(rank);
      ranks.add(new LaunchedCommand(name, root, all, files.resolve(name + ".log")));
    }
    try (Interruption stop = Interruption.listen(err, "saving and stopping the training");
        TerminalProgress shown = new TerminalProgress(out);
        LockFile own = LockFile.take(lock, "the run " + root, option)) {
      Folders.make(files);
      boolean isDone =
          new MultiProcessTraining(
                  run, shown::followed, sentence -> err.println("ddgan: " + sentence), stop)
              .train(launcher, workers, files.resolve("launcher"), ranks);
      if (isDone) {
        PathUtils.delete(files);
      }
      return isDone;
    }
  }
}
