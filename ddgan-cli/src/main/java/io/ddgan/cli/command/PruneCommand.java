package io.ddgan.cli.command;

import io.ddgan.app.runs.FoundRuns;
import io.ddgan.app.runs.Pruning;
import io.ddgan.app.runs.Pruning.Freed;
import io.ddgan.app.text.Quantities;
import io.ddgan.cli.options.Positive;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddgan prune}: frees disk space that runs do not need. */
@Command(
    name = "prune",
    description = {
      "Remove checkpoints that resuming, sampling and evaluating do not need.",
      "The latest and the best checkpoint of a run are kept, like everything else; a run in training is not touched."
    },
    mixinStandardHelpOptions = true)
final class PruneCommand implements Subcommand {

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

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Freed all = new Freed(0, 0);
    for (RunFolder run : runs()) {
      if (run.isInUse()) {
        print("%s is in use, and stays as it is".formatted(run.root()));
        continue;
      }
      Freed freed = Pruning.prune(run, keep, dryRun);
      if (freed.checkpoints() > 0) {
        print("%s: %s".formatted(run.root(), text(freed)));
      }
      all = all.plus(freed);
    }
    print((dryRun ? "would free " : "freed ") + text(all));
    return ExitCode.OK;
  }

  /** Looks for all before any is touched. */
  private Set<RunFolder> runs() throws IOException {
    Set<RunFolder> runs = new LinkedHashSet<>();
    for (Path folder : folders) {
      List<RunFolder> found = FoundRuns.in(folder);
      if (found.isEmpty()) {
        throw new IOException("there is no run in " + folder);
      }
      runs.addAll(found);
    }
    return runs;
  }

  private static String text(Freed freed) {
    return Quantities.bytes(freed.bytes())
        + ", "
        + Quantities.count(freed.checkpoints(), "checkpoint");
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
  }
}
