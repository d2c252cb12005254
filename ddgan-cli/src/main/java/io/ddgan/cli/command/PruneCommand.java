package io.ddgan.cli.command;

import io.ddgan.app.runs.FoundRuns;
import io.ddgan.app.runs.Pruning;
import io.ddgan.app.runs.Pruning.Freed;
import io.ddgan.app.text.Quantities;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
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
    Freed all = new Freed(0, 0);
    for (RunFolder run : runs) {
      if (run.isInUse()) {
        say("%s is in use, and stays as it is", run.root());
        continue;
      }
      Freed freed = Pruning.prune(run, keep, dryRun);
      if (freed.checkpoints() > 0) {
        say("%s: %s", run.root(), text(freed));
      }
      all = all.plus(freed);
    }
    say("%s %s", dryRun ? "would free" : "freed", text(all));
    return ExitCode.OK;
  }

  private static String text(Freed freed) {
    return Quantities.bytes(freed.bytes())
        + ", "
        + Quantities.count(freed.checkpoints(), "checkpoint");
  }
}
