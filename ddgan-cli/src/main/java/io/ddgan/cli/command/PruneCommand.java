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

/** {@code ddgan prune}: removes old checkpoints. */
@Command(
    name = "prune",
    description = {
      "Remove old checkpoints of runs.",
      "The latest and the best checkpoints are kept; runs in training are skipped."
    })
final class PruneCommand extends Subcommand {

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN|SWEEP|FOLDER",
      description = "Runs, sweeps, or folders of them.")
  private List<Path> folders;

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "1",
      converter = Positive.class,
      description = "Number of latest checkpoints to keep, in addition to the best (default: 1).")
  private int keep;

  @Option(names = "--dry-run", description = "Print what would be removed, without removing it.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    Set<RunFolder> runs = new LinkedHashSet<>();
    for (Path folder : folders) {
      List<RunFolder> found = FoundRuns.in(folder);
      if (found.isEmpty()) { // fail before removing anything
        throw new IOException("no run in " + folder);
      }
      runs.addAll(found);
    }
    List<Long> all = new ArrayList<>();
    for (RunFolder run : runs) {
      if (run.isInUse()) {
        say("%s is in use; skipped", run.root());
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
   * Removes checkpoints before the latest ones, and leftovers of killed processes. The run stays
   * intact if this process is killed.
   *
   * @return bytes of each folder removed or to be removed
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
