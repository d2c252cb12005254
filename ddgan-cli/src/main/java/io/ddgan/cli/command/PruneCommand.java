package io.ddgan.cli.command;

import io.ddgan.app.runs.FoundRuns;
import io.ddgan.app.text.Quantities;
import io.ddgan.internal.file.Folders;
import io.ddgan.internal.file.LockFile;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan prune}: frees disk space that runs do not need. */
@Command(
    name = "prune",
    description = {
      "Remove checkpoints that resuming, sampling and evaluating do not need.",
      "The latest and the best checkpoint of a run are kept, like everything else; a run in training is not touched."
    })
final class PruneCommand extends Subcommand {

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN|SWEEP|FOLDER",
      description = "Runs, sweeps, and folders of them.")
  private List<Path> folders;

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "1",
      converter = Positive.class,
      description = "Latest checkpoints that stay of a run, besides the best (default: 1).")
  private int keep;

  @Option(names = "--dry-run", description = "Only say what would be removed.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    Set<RunFolder> runs = new LinkedHashSet<>();
    for (Path folder : folders) {
      List<RunFolder> found = FoundRuns.in(folder);
      if (found.isEmpty()) { // before anything is removed
        throw new IOException("there is no run in " + folder);
      }
      runs.addAll(found);
    }
    List<Long> all = new ArrayList<>();
    for (RunFolder run : runs) {
      if (run.isInUse()) {
        say("%s is in use, and stays as it is", run.root());
        continue;
      }
      List<Long> sizes = prune(run);
      if (!sizes.isEmpty()) {
        say("%s: %s", run.root(), text(sizes));
      }
      all.addAll(sizes);
    }
    say("%s %s", dryRun ? "would free" : "freed", text(all));
    return ExitCode.OK;
  }

  /**
   * Removes checkpoints before the latest ones, and what a killed process has left. A process that
   * is killed meanwhile leaves a whole run.
   *
   * @return bytes of each folder that went or would go
   */
  private List<Long> prune(RunFolder run) throws IOException {
    List<Long> sizes = new ArrayList<>();
    LockFile lock = dryRun ? null : run.resume();
    try (lock) {
      for (CheckpointStore store :
          List.of(new CheckpointStore(run.checkpoints(), keep), new CheckpointStore(run.best()))) {
        List<Path> superfluous = store.superfluous();
        for (Path folder : superfluous) {
          sizes.add(Folders.bytes(folder));
        }
        if (!dryRun) {
          store.remove(superfluous);
        }
      }
    }
    return sizes;
  }

  private static String text(List<Long> sizes) {
    return Quantities.bytes(sizes.stream().mapToLong(size -> size).sum())
        + ", "
        + Quantities.count(sizes.size(), "checkpoint");
  }
}
