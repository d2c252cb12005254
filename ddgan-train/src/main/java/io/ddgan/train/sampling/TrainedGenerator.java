package io.ddgan.train.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.Model.Draw;
import io.ddgan.api.ProgressListener;
import io.ddgan.api.RefusedException;
import io.ddgan.api.SampleNoise;
import io.ddgan.api.Sampler.Step;
import io.ddgan.api.Trajectory;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.data.MaskedImage;
import io.ddgan.train.experiment.DataCodec;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.export.ExportedPart;
import io.ddgan.train.export.SamplerFormat;
import io.ddgan.train.export.Signature;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.phase.SamplingGraph;
import io.ddgan.train.step.CheckpointNetwork;
import io.ddgan.train.step.TrainingState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.function.IOSupplier;
import org.nd4j.linalg.api.buffer.DataType;

/** A generator out of a run's checkpoint. Needs the run's folder, not its data. */
public final class TrainedGenerator implements AutoCloseable {

  private final long step;
  private final ModelDefinition model;
  private final ParameterSet weights;
  private final SamplingLoop synthesis;
  private final Trajectories trajectories;

  private TrainedGenerator(
      long step, ModelDefinition model, ParameterSet weights, SamplingLoop synthesis) {
    this.step = step;
    this.model = model;
    this.weights = weights;
    this.synthesis = synthesis;
    this.trajectories = new Trajectories(model, synthesis);
  }

  /**
   * Loads a generator.
   *
   * @param checkpoint one that has it and the average
   * @param batch examples generated at a time; as in training by default
   */
  public static TrainedGenerator load(
      Setup setup, Checkpoint checkpoint, CheckpointNetwork which, Optional<Integer> batch) {
    DataCodec coding = setup.codec(TrainingState.shape(checkpoint));
    List<Step> path = setup.samplerSteps();
    ModelDefinition trained = setup.model(coding.data(), TrainingState.classes(checkpoint));
    ModelDefinition model = batch.map(trained::withBatch).orElse(trained);
    ParameterSet weights = ParameterSet.zeros(model.generatorLayout(), DataType.FLOAT);
    try {
      TrainingState.restore(which.part(), weights, checkpoint);
      return new TrainedGenerator(
          checkpoint.step(),
          model,
          weights,
          new SamplingLoop(model, coding, path, weights, Optional.empty()));
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  /** Training steps done. */
  public long step() {
    return step;
  }

  /** Shape of one example. */
  public DataShape shape() {
    return synthesis.shape();
  }

  /** Evaluations of the generator that an example takes. */
  public int evaluations() {
    return synthesis.path().size();
  }

  /** The noise levels of an example on its way, see {@link io.ddgan.api.Model#timesteps}. */
  public List<Integer> times() {
    return Stream.concat(
            synthesis.path().stream().map(evaluation -> evaluation.t() + 1), Stream.of(0))
        .toList();
  }

  /** Number of classes that it tells apart, 0 if it does not look at them. */
  public int classes() {
    return synthesis.classes();
  }

  /** Checks that examples of a class can be asked for. */
  public void requireClass(int label) {
    synthesis.requireClass(label);
  }

  /**
   * Figures of the first samples of a seed.
   *
   * @param label the class of all examples; drawn for each if empty
   * @param listener hears of the network evaluations that they take
   */
  public Figures figures(RandomStreams random, Optional<Integer> label, ProgressListener listener) {
    return new Figures(model, synthesis, random, label, listener);
  }

  /** Length of the latent vector of an evaluation; 0 if latent vectors make no difference. */
  public int latentSize() {
    return synthesis.hasLatent() ? model.components().generator().latentSize() : 0;
  }

  /** Number of examples that are computed at a time. */
  public int batch() {
    return synthesis.batch();
  }

  /**
   * Generates examples of any seeds, which share the evaluations: {@code [draws, ...shape]}.
   *
   * @throws RefusedException if there is no such class, or the latent vectors are not as many and
   *     as long as the generator's
   */
  public float[] sample(List<Draw> draws) {
    draws.forEach(this::require);
    return finite(
        synthesis.sample(draws.size(), i -> cell(draws.get(i)), (what, done, total) -> {}), 0);
  }

  /** What an example is made of, see {@link io.ddgan.api.Model#noise}. */
  public SampleNoise origin(Draw draw) {
    require(draw);
    return trajectories.origin(cell(draw));
  }

  /**
   * Generates examples and keeps what they were on their way, see {@link
   * io.ddgan.api.Model#trajectories}.
   */
  public List<Trajectory> trajectories(List<SampleNoise> origins) {
    return finite(trajectories.of(origins));
  }

  /** Lets an image enter on the way, see {@link io.ddgan.api.Model#trajectories}. */
  public List<Trajectory> trajectories(
      List<SampleNoise> origins, MaskedImage image, int evaluation) {
    if (evaluation < 0 || evaluation >= evaluations()) {
      throw new RefusedException(
          "there is no evaluation %d, only those from 0 to %d"
              .formatted(evaluation, evaluations() - 1));
    }
    return finite(trajectories.of(origins, image, evaluation));
  }

  private List<Trajectory> finite(List<Trajectory> made) {
    for (Trajectory each : made) {
      float[] unused = finite(each.example(), 0);
    }
    return made;
  }

  private void require(Draw draw) {
    if (draw.latents().isEmpty()) {
      return;
    }
    List<List<Float>> latents = draw.latents().get();
    boolean suit =
        latentSize() > 0
            && latents.size() == evaluations()
            && latents.stream()
                .allMatch(
                    z -> z.size() == latentSize() && z.stream().allMatch(v -> Float.isFinite(v)));
    if (!suit) {
      throw new RefusedException(
          latentSize() == 0
              ? "latent vectors make no difference to this generator; leave them out"
              : "an example has %d latent vectors of %d finite numbers, one for each evaluation"
                  .formatted(evaluations(), latentSize()));
    }
  }

  private SamplingLoop.Cell cell(Draw draw) {
    SamplingLoop.Cell drawn =
        synthesis.drawn(
            new RandomStreams(draw.seed()), SamplingLoop.SAMPLE, draw.index(), draw.label());
    return draw.latents()
        .map(all -> drawn.withLatents((evaluation, z) -> numbers(all.get(evaluation))))
        .orElse(drawn);
  }

  private static float[] numbers(List<Float> values) {
    float[] numbers = new float[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(i);
    }
    return numbers;
  }

  /**
   * Generates examples of a seed, and tells how far that is.
   *
   * @param range which of its examples
   * @param label the class of all examples; drawn for each if empty
   * @throws RefusedException if there is no such class; the message says why
   */
  public float[] sample(
      RandomStreams random,
      ExampleRange range,
      Optional<Integer> label,
      ProgressListener listener) {
    return finite(
        synthesis.sample(random, range.first(), range.count(), label, listener), range.first());
  }

  /**
   * Generates, of every class, the first examples of a seed as they are where all are of that
   * class.
   *
   * @param count examples of each class
   * @return {@code [classes, count, ...shape]}
   */
  public float[] sampleEachClass(RandomStreams random, int count, ProgressListener listener) {
    requireClass(0);
    return finite(
        synthesis.sample(
            Math.multiplyExact(classes(), count),
            i -> synthesis.drawn(random, SamplingLoop.SAMPLE, i % count, Optional.of(i / count)),
            listener),
        0);
  }

  /**
   * Refuses what is not finite: weights and latent vectors that are finite may be so large that
   * what they make is not.
   *
   * @param first number of the first example
   */
  private float[] finite(float[] samples, int first) {
    for (int i = 0; i < samples.length; i++) {
      if (!Float.isFinite(samples[i])) {
        throw new RefusedException(
            "example %,d that the generator of step %,d makes is not finite; take smaller latent vectors, or an earlier checkpoint with --checkpoint"
                .formatted(first + i / shape().size(), step));
      }
    }
    return samples;
  }

  /**
   * Makes what a mask leaves open in an image (Lugmayr et al., 2022). What is kept is the image's
   * to the last bit.
   *
   * @param random draws example k as a sample is drawn, and what it is diffused with, by k alone
   * @param label the class of all results; drawn for each if empty
   * @return {@code [count, ...shape]}
   * @throws RefusedException if this generator cannot do it; the message says why
   */
  public float[] inpaint(
      MaskedImage image,
      RepaintSchedule resampling,
      RandomStreams random,
      int count,
      Optional<Integer> label,
      ProgressListener listener) {
    return finite(synthesis.inpaint(image, resampling, random, count, label, listener), 0);
  }

  /** The samples of a seed, for an evaluation, which others make if there are any. */
  public GeneratedExamples drawn(RandomStreams random, Optional<IOSupplier<float[]>> others) {
    return new GeneratedExamples(synthesis, random, others);
  }

  /**
   * Writes a file that computes samples in other programs, and replaces it if it exists.
   *
   * @param batch how many examples are computed at a time; if empty any number where the format
   *     can, else 1
   * @param notes what the file says of where it comes from, by name, where the format can
   * @throws RefusedException if the path is too long, or has an operation that the format lacks;
   *     the message says what to do
   */
  public Signature export(
      Path file,
      SamplerFormat format,
      ExportedPart part,
      Optional<Integer> batch,
      Map<String, String> notes)
      throws IOException {
    return format.write(file, n -> graph(part, n), weights, batch, notes);
  }

  private SamplingGraph graph(ExportedPart part, int batch) {
    ModelDefinition sized = model.withBatch(batch);
    if (part == ExportedPart.GENERATOR) {
      return SamplingGraph.evaluation(sized, weights.layout());
    }
    DataCodec coding = synthesis.coding();
    return SamplingGraph.path(
        sized,
        weights.layout(),
        synthesis.path(),
        encoded ->
            coding
                .representation()
                .decode(coding.data(), encoded, batch)
                .orElseThrow(
                    () ->
                        new RefusedException(
                            "the representation %s has no graph that decodes; export the generator alone"
                                .formatted(coding.representation()))));
  }

  @Override
  public void close() {
    synthesis.close();
    weights.close();
  }
}
