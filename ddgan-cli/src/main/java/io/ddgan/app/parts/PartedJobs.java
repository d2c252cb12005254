package io.ddgan.app.parts;

import io.ddgan.api.TrialLauncher;
import io.ddgan.app.models.ModelExport;
import io.ddgan.app.parts.PartedWork.Source;
import io.ddgan.app.process.LaunchedCommands;
import io.ddgan.app.process.LaunchedCommands.LaunchedCommand;
import io.ddgan.app.process.Workers;
import io.ddgan.train.evaluation.ExampleRange;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.step.StoredNetwork;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.file.PathUtils;

/**
 * Work on the examples of a checkpoint, in parts. Each has a folder of its own with all that it
 * needs of the run, so that it can be carried to another machine, and leaves there what it has
 * made.
 */
final class PartedJobs {

  private static final String LOG = ".log";

  private final TrialLauncher launcher;
  private final Workers workers;
  private final BooleanSupplier stop;

  PartedJobs(PartedWork work) {
    this.launcher = work.launcher();
    this.workers = work.workers();
    this.stop = work.stop();
  }

  /** What is made of each part. */
  interface Job {

    /**
     * The command that makes a part, what follows {@code ddgan}.
     *
     * @param model the part's folder, a model with the checkpoint's weights
     */
    List<String> command(Path model, ExampleRange range);

    /** Whether a part is there as a whole. */
    boolean isMade(Path model);

    /** Takes a part that is made, each after the one before it. */
    void keep(Path model, ExampleRange range) throws IOException;
  }

  /**
   * Has parts made; those that are there already are not made again.
   *
   * @param folder where the parts' folders are
   * @return whether all were made, or the work was stopped before
   * @throws IOException if one cannot be made; the message says why
   */
  boolean make(Source source, List<ExampleRange> ranges, Path folder, Job job) throws IOException {
    Files.createDirectories(folder);
    Map<String, ExampleRange> left = new LinkedHashMap<>();
    List<LaunchedCommand> commands = new ArrayList<>();
    for (ExampleRange range : ranges) {
      String name = name(range);
      if (!job.isMade(folder.resolve(name))) {
        Path model = model(source, folder.resolve(name));
        left.put(name, range);
        commands.add(
            new LaunchedCommand(
                name, model, job.command(model, range), folder.resolve(name + LOG)));
      }
    }
    Deque<ExampleRange> wanted = new ArrayDeque<>(ranges);
    keep(wanted, folder, job);
    try {
      new LaunchedCommands(launcher, workers.atMost(commands.size()))
          .run(
              commands,
              folder.resolve("launcher"),
              (command, ending) -> {
                if (!job.isMade(command.folder())) {
                  if (ending.isFailure()) { // of what is in its folder, perhaps
                    PathUtils.deleteDirectory(command.folder());
                  }
                  throw notMade(left.get(command.name()), ending.problem(), command.log());
                }
                keep(wanted, folder, job);
              },
              stop);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while parts were made");
    }
    return wanted.isEmpty();
  }

  private static String name(ExampleRange range) {
    return "part-%d-%d".formatted(range.first(), range.count());
  }

  private static void keep(Deque<ExampleRange> wanted, Path folder, Job job) throws IOException {
    while (!wanted.isEmpty() && job.isMade(folder.resolve(name(wanted.peek())))) {
      ExampleRange range = wanted.poll();
      Path model = folder.resolve(name(range));
      try {
        job.keep(model, range);
      } catch (IOException e) {
        PathUtils.deleteDirectory(model);
        throw new IOException(
            "%s; that part is dropped: give the command again to make it".formatted(e.getMessage()),
            e);
      }
    }
  }

  private static IOException notMade(ExampleRange range, Optional<String> problem, Path log) {
    return new IOException(
        "examples %,d to %,d were not made: %s; what was printed is in %s"
            .formatted(
                range.first(),
                range.end() - 1,
                problem.orElse("their process has ended without having made them"),
                log));
  }

  /** A process that was killed may have left one that is not whole, and no run. */
  private static Path model(Source source, Path folder) throws IOException {
    RunFolder model = new RunFolder(folder);
    if (!model.isRun()) {
      if (Files.exists(folder)) {
        PathUtils.deleteDirectory(folder);
      }
      new ModelExport(source.run())
          .to(model, source.step(), EnumSet.of(StoredNetwork.AVERAGE, source.weights()));
    }
    return folder;
  }
}
