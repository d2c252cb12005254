package io.ddgan.cli.parts;

import io.ddgan.api.DataShape;
import io.ddgan.api.WorkListener;
import io.ddgan.cli.parts.PartedWork.Job;
import io.ddgan.cli.parts.PartedWork.Source;
import io.ddgan.file.LockFile;
import io.ddgan.train.evaluation.ExampleRange;
import io.ddgan.weights.Npz;
import io.ddgan.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Has the examples of a checkpoint generated in parts, by {@code ddgan sample --first}. */
public final class PartedSamples {

  private static final String WHAT = "examples";

  /** The array in a file of samples. */
  private static final String ARRAY = "samples";

  private final PartedWork work;
  private final Source source;
  private final int parts;
  private final List<String> arguments;

  /**
   * Nothing is generated yet.
   *
   * @param parts how many
   * @param arguments of the command, without what is sampled and how much of it
   */
  public PartedSamples(PartedWork work, Source source, int parts, List<String> arguments) {
    this.work = work;
    this.source = source;
    this.parts = parts;
    this.arguments = List.copyOf(arguments);
  }

  /**
   * Generates.
   *
   * @param count how many
   * @param step examples that are generated at a time
   * @param folder for files on the way
   * @return the examples, {@code [count, ...shape]}; empty if the work was stopped before
   * @throws IOException if a part cannot be made, or another process makes the same; the message
   *     says why
   */
  public Optional<float[]> make(
      int count, DataShape shape, int step, Path folder, WorkListener listener) throws IOException {
    Files.createDirectories(folder);
    LockFile lock =
        LockFile.take(folder.resolve("lock"), "what these examples are made in", "--cache");
    try (lock) {
      Generating generating = new Generating(count, shape, listener);
      return work.make(source, ExampleRange.cut(count, parts, step), folder, generating)
          ? Optional.of(generating.all)
          : Optional.empty();
    }
  }

  private final class Generating implements Job {

    private final int count;
    private final DataShape shape;
    private final WorkListener listener;
    private final float[] all;

    Generating(int count, DataShape shape, WorkListener listener) {
      this.count = count;
      this.shape = shape;
      this.listener = listener;
      this.all = new float[Math.multiplyExact(count, shape.size())];
      listener.advanced(WHAT, 0, count);
    }

    private static Path file(Path model) {
      return model.resolve("part.npz");
    }

    @Override
    public List<String> command(Path model, ExampleRange range) {
      List<String> words = new ArrayList<>(List.of("sample", model.toString()));
      words.addAll(arguments);
      words.addAll(List.of("--first", Integer.toString(range.first())));
      words.addAll(List.of("--count", Integer.toString(range.count())));
      words.addAll(List.of("--out", file(model).toString()));
      return words;
    }

    @Override
    public boolean isMade(Path model) {
      return Files.exists(file(model));
    }

    @Override
    public void keep(Path model, ExampleRange range) throws IOException {
      Path file = file(model);
      Optional<Tensor> samples = Optional.ofNullable(Npz.read(file).get(ARRAY));
      int size = range.count() * shape.size();
      if (samples.isEmpty() || samples.get().values().remaining() != size) {
        throw new IOException("%s has not the examples that were asked for".formatted(file));
      }
      samples.get().values().get(all, range.first() * shape.size(), size);
      listener.advanced(WHAT, range.end(), count);
    }
  }
}
