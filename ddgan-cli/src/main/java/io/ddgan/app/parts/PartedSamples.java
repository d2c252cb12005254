package io.ddgan.app.parts;

import io.ddgan.api.DataShape;
import io.ddgan.api.Fingerprint;
import io.ddgan.api.WorkListener;
import io.ddgan.app.parts.PartedWork.Job;
import io.ddgan.app.parts.PartedWork.Source;
import io.ddgan.internal.file.LockedFolder;
import io.ddgan.internal.weights.Npz;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.sampling.ExampleRange;
import io.ddgan.train.sampling.TrainedGenerator;
import io.ddgan.train.step.StoredNetwork;
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
  private final List<String> others;

  /**
   * Nothing is generated yet.
   *
   * @param parts how many
   * @param others further words of the command that makes one, such as the sampler's keys
   */
  public PartedSamples(PartedWork work, Source source, int parts, List<String> others) {
    this.work = work;
    this.source = source;
    this.parts = parts;
    this.others = List.copyOf(others);
  }

  /**
   * Generates the first examples of a seed.
   *
   * @param generator what would make them in this process, and the same
   * @param label the class of all examples; drawn for each if empty
   * @param cache where what is made is kept until all is there
   * @return the examples, {@code [count, ...shape]}; empty if the work was stopped before
   * @throws IOException if a part cannot be made, or another process makes the same; the message
   *     says why
   */
  public Optional<float[]> make(
      TrainedGenerator generator,
      long seed,
      Optional<Integer> label,
      int count,
      Path cache,
      WorkListener listener)
      throws IOException {
    List<String> arguments = arguments(generator, seed, label);
    String name = new Fingerprint().add(arguments.toString()).add(count).hex();
    Path folder = Unfinished.in(cache).add(name + "-parts");
    Generating generating = new Generating(arguments, count, generator.shape(), listener);
    List<ExampleRange> ranges = ExampleRange.cut(count, parts, generator.batch());
    boolean isWhole;
    try (LockedFolder own =
        LockedFolder.take(folder, "what these examples are made in", "--cache")) {
      isWhole = work.make(source, ranges, folder, generating);
      if (isWhole) {
        own.delete();
      }
    }
    return isWhole ? Optional.of(generating.all) : Optional.empty();
  }

  private List<String> arguments(TrainedGenerator generator, long seed, Optional<Integer> label) {
    List<String> arguments = new ArrayList<>(others);
    arguments.addAll(List.of("--seed", Long.toString(seed)));
    arguments.addAll(List.of("--batch", Integer.toString(generator.batch())));
    label.ifPresent(number -> arguments.addAll(List.of("--class", number.toString())));
    if (source.weights() == StoredNetwork.GENERATOR) {
      arguments.add("--raw");
    }
    arguments.addAll(List.of("--fingerprint", fingerprint(generator, seed)));
    return arguments;
  }

  private static String fingerprint(TrainedGenerator generator, long seed) {
    return generator.drawn(new RandomStreams(seed)).fingerprint();
  }

  /**
   * Checks, for a process that makes a part, that it would make the same as the one that wants it.
   *
   * @param asked identifies the examples there
   * @throws IOException if it would not
   */
  public static void requireSame(String asked, TrainedGenerator generator, long seed)
      throws IOException {
    if (!asked.equals(fingerprint(generator, seed))) {
      throw new IOException(
          "the examples would not be those that were asked for; are ddgan, its plug-ins and the executor the same here as there?");
    }
  }

  private static final class Generating implements Job {

    private final List<String> arguments;
    private final int count;
    private final DataShape shape;
    private final WorkListener listener;
    private final float[] all;

    Generating(List<String> arguments, int count, DataShape shape, WorkListener listener) {
      this.arguments = arguments;
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
        throw new IOException("%s does not have the examples that were asked for".formatted(file));
      }
      samples.get().values().get(all, range.first() * shape.size(), size);
      listener.advanced(WHAT, range.end(), count);
    }
  }
}
