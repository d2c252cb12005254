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

/** The generator of a run's checkpoint. It needs the run's folder but not its data. */
public final class TrainedGenerator implements AutoCloseable {

  private final long step;
  private final ModelDefinition model;
  private final ParameterSet weights;
  private final SamplingLoop loop;
  private final Trajectories trajectories;

  private TrainedGenerator(
      long step, ModelDefinition model, ParameterSet weights, SamplingLoop loop) {
    this.step = step;
    this.model = model;
    this.weights = weights;
    this.loop = loop;
    this.trajectories = new Trajectories(model, loop);
  }

  /**
   * Loads a generator.
   *
   * @param checkpoint must have the generator and its EMA
   * @param batch maximum number of examples that are generated together; as in training if empty
   */
  public static TrainedGenerator load(
      Setup setup, Checkpoint checkpoint, CheckpointNetwork which, Optional<Integer> batch) {
    DataCodec coding = setup.codec(TrainingState.shape(checkpoint));
    List<Step> path = setup.samplerSteps();
    ModelDefinition model = setup.model(coding.data(), TrainingState.classes(checkpoint));
    ParameterSet weights = ParameterSet.zeros(model.generatorLayout(), DataType.FLOAT);
    try {
      TrainingState.restore(which.part(), weights, checkpoint);
      return new TrainedGenerator(
          checkpoint.step(),
          model,
          weights,
          new SamplingLoop(model, coding, path, weights, batch.orElse(model.batch())));
    } catch (RuntimeException | Error e) {
      weights.close();
      throw e;
    }
  }

  /** Returns the number of training steps. */
  public long step() {
    return step;
  }

  /** Returns the shape of one example. */
  public DataShape shape() {
    return loop.shape();
  }

  /** Returns the number of network evaluations per example. */
  public int evaluations() {
    return loop.path().size();
  }

  /** Returns the times of an example's states, see {@link io.ddgan.api.Model#timesteps}. */
  public List<Integer> times() {
    return Stream.concat(loop.path().stream().map(evaluation -> evaluation.t() + 1), Stream.of(0))
        .toList();
  }

  /** Returns the number of classes, 0 if the generator is unconditional. */
  public int classes() {
    return loop.classes();
  }

  /** Throws if examples of a class cannot be requested. */
  public void requireClass(int label) {
    loop.requireClass(label);
  }

  /**
   * Returns figures of the first samples of a seed.
   *
   * @param label the class of all examples; drawn for each if empty
   * @param listener is notified of the network evaluations
   */
  public Figures figures(RandomStreams random, Optional<Integer> label, ProgressListener listener) {
    return new Figures(model, loop, random, label, listener);
  }

  /** Returns the length of a latent vector; 0 if the generator uses none. */
  public int latentSize() {
    return loop.hasLatent() ? model.components().generator().latentSize() : 0;
  }

  /** Returns the number of examples that are computed together. */
  public int batch() {
    return loop.batch();
  }

  /**
   * Generates examples of any seeds, batched together: {@code [draws, ...shape]}.
   *
   * @throws RefusedException if there is no such class, or the latent vectors do not match the
   *     generator
   */
  public float[] sample(List<Draw> draws) {
    draws.forEach(this::require);
    return finite(
        loop.sample(draws.size(), i -> source(draws.get(i)), (what, done, total) -> {}), 0);
  }

  /** Returns the noise of an example, see {@link io.ddgan.api.Model#noise}. */
  public SampleNoise origin(Draw draw) {
    require(draw);
    return trajectories.origin(source(draw));
  }

  /**
   * Generates examples with their intermediate states, see {@link io.ddgan.api.Model#trajectories}.
   */
  public List<Trajectory> trajectories(List<SampleNoise> origins) {
    return finite(trajectories.of(origins));
  }

  /** Denoises a noised image from a step on, see {@link io.ddgan.api.Model#trajectories}. */
  public List<Trajectory> trajectories(
      List<SampleNoise> origins, MaskedImage image, int evaluation) {
    if (evaluation < 0 || evaluation >= evaluations()) {
      throw new RefusedException(
          "there is no sampler step %d; choose from 0 to %d"
              .formatted(evaluation, evaluations() - 1));
    }
    return finite(trajectories.of(origins, image, evaluation));
  }

  private List<Trajectory> finite(List<Trajectory> results) {
    for (Trajectory each : results) {
      float[] unused = finite(each.example(), 0);
    }
    return results;
  }

  private void require(Draw draw) {
    if (draw.latents().isEmpty()) {
      return;
    }
    List<List<Float>> latents = draw.latents().get();
    boolean valid =
        latentSize() > 0
            && latents.size() == evaluations()
            && latents.stream()
                .allMatch(
                    z -> z.size() == latentSize() && z.stream().allMatch(v -> Float.isFinite(v)));
    if (!valid) {
      throw new RefusedException(
          latentSize() == 0
              ? "this generator has no latent vectors; omit them"
              : "each example needs %d latent vectors of %d finite numbers, one per network evaluation"
                  .formatted(evaluations(), latentSize()));
    }
  }

  private SamplingLoop.NoiseSource source(Draw draw) {
    SamplingLoop.NoiseSource drawn =
        loop.draw(new RandomStreams(draw.seed()), SamplingLoop.SAMPLE, draw.index(), draw.label());
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
   * Generates examples of a seed and reports the progress.
   *
   * @param range indices of the examples
   * @param label the class of all examples; drawn for each if empty
   * @throws RefusedException if there is no such class; the message says why
   */
  public float[] sample(
      RandomStreams random,
      ExampleRange range,
      Optional<Integer> label,
      ProgressListener listener) {
    return finite(
        loop.sample(random, range.first(), range.count(), label, listener), range.first());
  }

  /**
   * Generates the first examples of a seed for every class, the same as those of the class alone.
   *
   * @param count number of examples per class
   * @return {@code [classes, count, ...shape]}
   */
  public float[] sampleEachClass(RandomStreams random, int count, ProgressListener listener) {
    requireClass(0);
    return finite(
        loop.sample(
            Math.multiplyExact(classes(), count),
            i -> loop.draw(random, SamplingLoop.SAMPLE, i % count, Optional.of(i / count)),
            listener),
        0);
  }

  /**
   * Throws if a sample is not finite. Very large finite weights or latent vectors can overflow.
   *
   * @param first index of the first example
   */
  private float[] finite(float[] samples, int first) {
    for (int i = 0; i < samples.length; i++) {
      if (!Float.isFinite(samples[i])) {
        throw new RefusedException(
            "example %,d of the generator of step %,d is not finite; use smaller latent vectors, or an earlier checkpoint with --checkpoint"
                .formatted(first + i / shape().size(), step));
      }
    }
    return samples;
  }

  /**
   * Inpaints the masked part of an image (Lugmayr et al., 2022). The rest is kept bit for bit.
   *
   * @param random draws example k as for a sample, and its diffusion noise by k alone
   * @param label the class of all results; drawn for each if empty
   * @return {@code [count, ...shape]}
   * @throws RefusedException if the generator does not support it
   */
  public float[] inpaint(
      MaskedImage image,
      RepaintSchedule schedule,
      RandomStreams random,
      int count,
      Optional<Integer> label,
      ProgressListener listener) {
    return finite(loop.inpaint(image, schedule, random, count, label, listener), 0);
  }

  /** Returns the samples of a seed for an evaluation, generated by {@code others} if present. */
  public GeneratedExamples drawn(RandomStreams random, Optional<IOSupplier<float[]>> others) {
    return new GeneratedExamples(loop, random, others);
  }

  /**
   * Exports the model for other programs. Replaces the file if it exists.
   *
   * @param batch fixed number of examples; if empty, variable if the format supports it, else 1
   * @param notes provenance by name, stored if the format supports it
   * @throws RefusedException if there are too many sampler steps, or the format lacks an operation
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
    DataCodec coding = loop.coding();
    return SamplingGraph.path(
        sized,
        weights.layout(),
        loop.path(),
        encoded ->
            coding
                .representation()
                .decode(coding.data(), encoded, batch)
                .orElseThrow(
                    () ->
                        new RefusedException(
                            "the representation %s cannot be exported; export the generator alone"
                                .formatted(coding.representation()))));
  }

  @Override
  public void close() {
    loop.close();
    weights.close();
  }
}
