package io.ddgan.app.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.Model;
import io.ddgan.api.ProgressListener;
import io.ddgan.api.RefusedException;
import io.ddgan.api.SampleNoise;
import io.ddgan.api.Trajectory;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.TrainedRun;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.MaskedImage;
import io.ddgan.train.export.ExportedPart;
import io.ddgan.train.export.SamplerFormat;
import io.ddgan.train.run.RunClasses;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.ExampleRange;
import io.ddgan.train.sampling.RepaintSchedule;
import io.ddgan.train.sampling.TrainedDiscriminator;
import io.ddgan.train.sampling.TrainedGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The averaged generator of a run's latest checkpoint. Safe for use by several threads, one at a
 * time.
 */
public final class LoadedModel implements Model {

  private static final ProgressListener SILENT = (what, done, total) -> {};

  private final TrainedRun run;
  private final TrainedGenerator generator;
  private final RunClasses classes;
  private Optional<TrainedDiscriminator> discriminator = Optional.empty();
  private boolean isDiscriminatorSought;
  private boolean isClosed;

  private LoadedModel(TrainedRun run, TrainedGenerator generator, RunClasses classes) {
    this.run = run;
    this.generator = generator;
    this.classes = classes;
  }

  /**
   * Loads the model. The data are not needed.
   *
   * @param batch batch size; as in training if empty
   * @throws IOException if the folder is no run, has no checkpoint or is damaged
   */
  public static Model load(Experiments experiments, RunFolder run, Optional<Integer> batch)
      throws IOException {
    TrainedRun trained = experiments.open(run, List.of(), Set.of());
    Backend unused = Backend.load();
    TrainedGenerator generator = trained.loadLatest(batch);
    try {
      return new LoadedModel(
          trained, generator, RunClasses.of(trained.folder(), generator.classes()));
    } catch (IOException | RuntimeException | Error e) {
      generator.close();
      throw e;
    }
  }

  @Override
  public DataShape shape() {
    return generator.shape();
  }

  @Override
  public long step() {
    return generator.step();
  }

  @Override
  public int networkEvaluations() {
    return generator.evaluations();
  }

  @Override
  public List<Integer> timesteps() {
    return generator.times();
  }

  @Override
  public int latentSize() {
    return generator.latentSize();
  }

  @Override
  public int batch() {
    return generator.batch();
  }

  @Override
  public List<String> classNames() {
    return classes.all();
  }

  @Override
  public int classIndex(String label) {
    generator.requireClass(0);
    return classes.number(label);
  }

  @Override
  public synchronized float[] sample(List<Draw> draws) {
    requireUsable(draws.size());
    return generator.sample(draws);
  }

  @Override
  public float[] sample(int count, long seed) {
    return sample(count, seed, Optional.empty());
  }

  @Override
  public float[] sample(int count, long seed, String label) {
    return sample(count, seed, Optional.of(classIndex(label)));
  }

  private synchronized float[] sample(int count, long seed, Optional<Integer> label) {
    requireUsable(count);
    return generator.sample(new RandomStreams(seed), new ExampleRange(0, count), label, SILENT);
  }

  @Override
  public SampleNoise noise(Draw draw) {
    return generator.origin(draw);
  }

  @Override
  public synchronized List<Trajectory> trajectories(List<SampleNoise> origins) {
    requireUsable(origins.size());
    return generator.trajectories(origins);
  }

  @Override
  public synchronized List<Trajectory> trajectories(
      List<SampleNoise> origins, float[] image, boolean[] mask, int evaluation) {
    requireUsable(origins.size());
    return generator.trajectories(origins, masked(image, mask), evaluation);
  }

  /** Loaded on first use, as few callers need it. */
  @Override
  public synchronized Optional<float[]> discriminatorLogits(
      int t, float[] xt, float[] xtp1, int label) throws IOException {
    requireUsable(0);
    if (!isDiscriminatorSought) {
      discriminator =
          TrainedDiscriminator.load(run.setup(), run.checkpoints(), generator.step(), batch());
      isDiscriminatorSought = true;
    }
    return discriminator.map(judge -> judge.logits(t, xt, xtp1, label));
  }

  @Override
  public synchronized float[] inpaint(
      float[] image,
      boolean[] mask,
      int count,
      long seed,
      int times,
      int jump,
      Optional<String> label) {
    requireUsable(count);
    return generator.inpaint(
        masked(image, mask),
        new RepaintSchedule(times, jump),
        new RandomStreams(seed),
        count,
        label.map(this::classIndex),
        SILENT);
  }

  @Override
  public void writeExamples(float[] examples, Path target) throws IOException {
    int count = examples.length / shape().size();
    if (count == 0 || examples.length % shape().size() != 0) {
      throw new RefusedException(
          "%,d numbers are not a multiple of %3$,d, the size of an example of shape %2$s"
              .formatted(examples.length, shape(), shape().size()));
    }
    SampleOutput.to(target, shape(), count, false).write(examples, 0, run.setup(), SILENT);
  }

  @Override
  public synchronized Map<String, List<Long>> export(Path file) throws IOException {
    requireUsable(0);
    SamplerFormat format =
        SamplerFormat.of(file)
            .orElseThrow(
                () ->
                    new RefusedException(
                        "%s has no extension of a sampler format; use .onnx or .fb"
                            .formatted(file)));
    return generator
        .export(file, format, ExportedPart.SAMPLER, Optional.empty(), run.notes(generator))
        .inputs();
  }

  private void requireUsable(int count) {
    if (isClosed) {
      throw new IllegalStateException("the model of %s is closed".formatted(run.folder().root()));
    }
    int most = Integer.MAX_VALUE / shape().size();
    if (count < 0 || count > most) {
      throw new RefusedException(
          "cannot generate %,d samples at once; the limit is %,d".formatted(count, most));
    }
  }

  private MaskedImage masked(float[] image, boolean[] mask) {
    DataShape shape = shape();
    if (!shape.isImage()
        || image.length != shape.size()
        || mask.length != shape.height() * shape.width()) {
      throw new RefusedException(
          "an image of %,d numbers and a mask of %,d pixels do not fit the shape %s of the model"
              .formatted(image.length, mask.length, shape));
    }
    for (float value : image) {
      if (!(value >= -1 && value <= 1)) {
        throw new RefusedException("image values must be in [-1, 1]; got %s".formatted(value));
      }
    }
    BitSet pixels = new BitSet(mask.length);
    for (int i = 0; i < mask.length; i++) {
      pixels.set(i, mask[i]);
    }
    return MaskedImage.of(shape, image, pixels);
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    discriminator.ifPresent(TrainedDiscriminator::close);
    generator.close();
  }
}
