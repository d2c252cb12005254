package io.ddgan.app.sampling;

import io.ddgan.api.Hasher;
import io.ddgan.api.ProcessLauncher;
import io.ddgan.api.ProgressListener;
import io.ddgan.app.models.ModelExport;
import io.ddgan.app.process.CommandRunner;
import io.ddgan.app.process.CommandRunner.CommandEnd;
import io.ddgan.app.process.CommandRunner.LaunchedCommand;
import io.ddgan.app.process.Workers;
import io.ddgan.internal.weights.Npz;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.ExampleRange;
import io.ddgan.train.sampling.TrainedGenerator;
import io.ddgan.train.step.CheckpointNetwork;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.file.PathUtils;

/**
 * Generates samples of a run in parts, each by a command {@code ddgan sample --offset}. Each part
 * has a folder with a model of the checkpoint, which a remote machine can use without the run, and
 * which receives the samples.
 *
 * @param launcher starts a process for each part
 * @param workers the processes at a time
 * @param cache folder for the parts until all are finished
 * @param options further arguments of each command, such as the sampler's keys
 */
public record ParallelSampling(
    RunFolder run,
    CheckpointNetwork weights,
    int parts,
    ProcessLauncher launcher,
    Workers workers,
    Path cache,
    List<String> options) {

  /** Consecutive samples, and the folder of the model that generates them. */
  private record Part(ExampleRange range, RunFolder model) {

    Path file() {
      return model.root().resolve("part.npz");
    }

    boolean isMade() {
      return Files.exists(file());
    }
  }

  /**
   * Generates the first samples of a seed. Finished parts of an earlier call are reused.
   *
   * @param generator the generator that would give the same samples in this process
   * @param label the class of all samples; drawn for each if empty
   * @param stop polled; true ends the processes
   * @return the samples, {@code [count, ...shape]}; empty if stopped before
   * @throws IOException if a part fails
   */
  public Optional<float[]> make(
      TrainedGenerator generator,
      long seed,
      Optional<Integer> label,
      int count,
      ProgressListener listener,
      BooleanSupplier stop)
      throws IOException {
    List<String> words = new ArrayList<>(options);
    words.addAll(List.of("--seed", "" + seed, "--batch-size", "" + generator.batch()));
    label.ifPresent(number -> words.addAll(List.of("--class", number.toString())));
    if (weights == CheckpointNetwork.GENERATOR) {
      words.add("--raw");
    }
    String name =
        new Hasher()
            .add(run.root().toAbsolutePath().toString())
            .add(generator.step())
            .add(words.toString())
            .add(count)
            .hex();
    Path folder = cache.resolve("parts").resolve(name.substring(0, 16));
    Map<String, Part> all = new TreeMap<>();
    List<LaunchedCommand> left = new ArrayList<>();
    for (ExampleRange range : ExampleRange.cut(count, parts, generator.batch())) {
      String part = "part-%d-%d".formatted(range.first(), range.count());
      all.put(part, new Part(range, new RunFolder(folder.resolve(part))));
      if (!all.get(part).isMade()) {
        left.add(command(part, all.get(part), generator.step(), words));
      }
    }
    run(left, all, folder.resolve("launcher"), listener, stop);
    if (!all.values().stream().allMatch(Part::isMade)) {
      return Optional.empty();
    }
    int size = generator.shape().size();
    float[] examples = new float[Math.multiplyExact(count, size)];
    for (Part part : all.values()) {
      read(part.file(), examples, part.range().first() * size, part.range().count() * size);
    }
    PathUtils.deleteDirectory(folder);
    return Optional.of(examples);
  }

  private LaunchedCommand command(String name, Part part, long step, List<String> words)
      throws IOException {
    Path folder = part.model().root();
    if (!part.model().isRun()) {
      if (Files.exists(folder)) { // left by a process that was killed
        PathUtils.deleteDirectory(folder);
      }
      new ModelExport(run).to(part.model(), step, EnumSet.of(CheckpointNetwork.EMA, weights));
    }
    List<String> all = new ArrayList<>(List.of("sample", folder.toString()));
    all.addAll(words);
    all.addAll(
        List.of("--offset", "" + part.range().first(), "--count", "" + part.range().count()));
    all.addAll(List.of("--out", part.file().toString()));
    return new LaunchedCommand(name, folder, all, folder.resolveSibling(name + ".log"));
  }

  private void run(
      List<LaunchedCommand> left,
      Map<String, Part> all,
      Path files,
      ProgressListener listener,
      BooleanSupplier stop)
      throws IOException {
    CommandRunner.Work making =
        new CommandRunner.Work(left) {
          @Override
          protected void ended(LaunchedCommand command, CommandEnd ending) throws IOException {
            Part part = all.get(command.name());
            if (!part.isMade() && !ending.isCut()) {
              throw new IOException(
                  "samples %,d to %,d failed: %s; see the log %s"
                      .formatted(
                          part.range().first(),
                          part.range().end() - 1,
                          ending.problem().orElse("the process ended without writing them"),
                          command.log()));
            }
            report(all, listener);
          }
        };
    report(all, listener);
    try {
      new CommandRunner(launcher, workers.atMost(left.size())).run(making, files, stop);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while sampling in parts");
    }
  }

  private static void report(Map<String, Part> all, ProgressListener listener) {
    int made = 0;
    int count = 0;
    for (Part part : all.values()) {
      made += part.isMade() ? part.range().count() : 0;
      count += part.range().count();
    }
    listener.onProgress("examples", made, count);
  }

  private static void read(Path file, float[] all, int from, int size) throws IOException {
    try {
      Tensor samples = Npz.read(file).get("samples");
      if (samples == null || samples.values().remaining() != size) {
        throw new IOException("%s does not contain the samples of its part".formatted(file));
      }
      samples.values().get(all, from, size);
    } catch (IOException e) {
      Files.delete(file);
      throw new IOException(e.getMessage() + "; removed it; run the same command again", e);
    }
  }
}
