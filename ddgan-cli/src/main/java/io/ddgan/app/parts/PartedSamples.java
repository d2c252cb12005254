package io.ddgan.app.parts;

import io.ddgan.api.Fingerprint;
import io.ddgan.api.TrialLauncher;
import io.ddgan.api.WorkListener;
import io.ddgan.app.models.ModelExport;
import io.ddgan.app.process.LaunchedCommands;
import io.ddgan.app.process.LaunchedCommands.CommandEnd;
import io.ddgan.app.process.LaunchedCommands.LaunchedCommand;
import io.ddgan.app.process.Workers;
import io.ddgan.internal.weights.Npz;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.ExampleRange;
import io.ddgan.train.sampling.TrainedGenerator;
import io.ddgan.train.step.StoredNetwork;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.file.PathUtils;

/**
 * Has the examples of a checkpoint generated in parts, each by a command {@code ddgan sample
 * --first}. A part has a folder with a model of the checkpoint, so that it can be carried to a
 * machine that does not see the run, and leaves there what it has made.
 */
public final class PartedSamples {

  private static final String WHAT = "examples";

  /** The array in a file of samples. */
  private static final String ARRAY = "samples";

  /**
   * What the examples are made with.
   *
   * @param step of the checkpoint
   */
  public record Source(RunFolder run, long step, StoredNetwork weights) {}

  private final TrialLauncher launcher;
  private final Workers workers;
  private final Source source;
  private final int parts;
  private final List<String> others;

  /**
   * Prepares; nothing is generated yet.
   *
   * @param launcher starts a process for each part
   * @param workers how many at a time
   * @param others further words of the command that makes one, such as the sampler's keys
   */
  public PartedSamples(
      TrialLauncher launcher, Workers workers, Source source, int parts, List<String> others) {
    this.launcher = launcher;
    this.workers = workers;
    this.source = source;
    this.parts = parts;
    this.others = List.copyOf(others);
  }

  /**
   * Generates the first examples of a seed. Parts that are there from an earlier call are not made
   * again.
   *
   * @param generator what would make them in this process, and the same
   * @param label the class of all examples; drawn for each if empty
   * @param cache where what is made is kept until all is there
   * @param stop asked all the time; true ends the processes
   * @return the examples, {@code [count, ...shape]}; empty if the work was stopped before
   * @throws IOException if a part cannot be made; the message says why
   */
  public Optional<float[]> make(
      TrainedGenerator generator,
      long seed,
      Optional<Integer> label,
      int count,
      Path cache,
      WorkListener listener,
      BooleanSupplier stop)
      throws IOException {
    List<String> words = words(generator, seed, label);
    String name =
        new Fingerprint()
            .add(source.run().root().toAbsolutePath().toString())
            .add(words.toString())
            .add(count)
            .hex();
    Path folder = cache.resolve("parts").resolve(name.substring(0, 16));
    List<ExampleRange> ranges = ExampleRange.cut(count, parts, generator.batch());
    make(ranges, words, folder, count, listener, stop);
    if (!ranges.stream().allMatch(range -> Files.exists(file(folder, range)))) {
      return Optional.empty();
    }
    int size = generator.shape().size();
    float[] all = new float[Math.multiplyExact(count, size)];
    for (ExampleRange range : ranges) {
      read(file(folder, range), all, range.first() * size, range.count() * size);
    }
    PathUtils.deleteDirectory(folder);
    return Optional.of(all);
  }

  private List<String> words(TrainedGenerator generator, long seed, Optional<Integer> label) {
    List<String> words = new ArrayList<>(others);
    words.addAll(List.of("--seed", Long.toString(seed)));
    words.addAll(List.of("--batch", Integer.toString(generator.batch())));
    label.ifPresent(number -> words.addAll(List.of("--class", number.toString())));
    if (source.weights() == StoredNetwork.GENERATOR) {
      words.add("--raw");
    }
    return words;
  }

  private void make(
      List<ExampleRange> ranges,
      List<String> words,
      Path folder,
      int count,
      WorkListener listener,
      BooleanSupplier stop)
      throws IOException {
    Files.createDirectories(folder);
    Map<LaunchedCommand, ExampleRange> left = new LinkedHashMap<>();
    for (ExampleRange range : ranges) {
      if (!Files.exists(file(folder, range))) {
        left.put(command(range, words, folder), range);
      }
    }
    int[] made = {count - left.values().stream().mapToInt(ExampleRange::count).sum()};
    listener.advanced(WHAT, made[0], count);
    LaunchedCommands.Work making =
        new LaunchedCommands.Work(List.copyOf(left.keySet())) {
          @Override
          protected void ended(LaunchedCommand command, CommandEnd ending) throws IOException {
            if (!ending.isCut()) {
              ExampleRange range = left.get(command);
              requireMade(range, folder, command, ending);
              made[0] += range.count();
              listener.advanced(WHAT, made[0], count);
            }
          }
        };
    try {
      new LaunchedCommands(launcher, workers.atMost(left.size()))
          .run(making, folder.resolve("launcher"), stop);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while parts were made");
    }
  }

  private LaunchedCommand command(ExampleRange range, List<String> words, Path folder)
      throws IOException {
    RunFolder model = new RunFolder(folder.resolve(name(range)));
    if (!model.isRun()) {
      if (Files.exists(model.root())) { // left by a process that was killed
        PathUtils.deleteDirectory(model.root());
      }
      new ModelExport(source.run())
          .to(model, source.step(), EnumSet.of(StoredNetwork.AVERAGE, source.weights()));
    }
    List<String> all = new ArrayList<>(List.of("sample", model.root().toString()));
    all.addAll(words);
    all.addAll(List.of("--first", "" + range.first(), "--count", "" + range.count()));
    all.addAll(List.of("--out", file(folder, range).toString()));
    return new LaunchedCommand(
        name(range), model.root(), all, folder.resolve(name(range) + ".log"));
  }

  private static String name(ExampleRange range) {
    return "part-%d-%d".formatted(range.first(), range.count());
  }

  private static Path file(Path folder, ExampleRange range) {
    return folder.resolve(name(range)).resolve("part.npz");
  }

  private static void requireMade(
      ExampleRange range, Path folder, LaunchedCommand command, CommandEnd ending)
      throws IOException {
    if (!Files.exists(file(folder, range))) {
      throw new IOException(
          "examples %,d to %,d were not made: %s; what was printed is in %s"
              .formatted(
                  range.first(),
                  range.end() - 1,
                  ending.problem().orElse("their process ended without having made them"),
                  command.log()));
    }
  }

  private static void read(Path file, float[] all, int from, int size) throws IOException {
    try {
      Tensor samples = Npz.read(file).get(ARRAY);
      if (samples == null || samples.values().remaining() != size) {
        throw new IOException("%s does not have the examples of its part".formatted(file));
      }
      samples.values().get(all, from, size);
    } catch (IOException e) {
      Files.delete(file);
      throw new IOException(
          e.getMessage() + "; it is removed: give the command again to make it", e);
    }
  }
}
