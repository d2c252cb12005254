package io.ddgan.train.sampling;

import io.ddgan.api.Parameterization.Coefficients;
import io.ddgan.api.RefusedException;
import io.ddgan.api.SampleNoise;
import io.ddgan.api.Trajectory;
import io.ddgan.train.data.MaskedImage;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.sampling.SamplingLoop.NoiseSource;
import io.ddgan.train.sampling.SamplingLoop.SamplerCallback;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Generates examples and records their intermediate states. */
final class Trajectories {

  private final ModelDefinition model;
  private final SamplingLoop loop;
  private final int size;

  Trajectories(ModelDefinition model, SamplingLoop loop) {
    this.model = model;
    this.loop = loop;
    this.size = model.shape().size();
  }

  /** Draws the noise of an example, in the order in which samples draw it. */
  SampleNoise origin(NoiseSource source) {
    int evaluations = loop.path().size();
    float[] start = source.start().get();
    List<float[]> latents = new ArrayList<>();
    List<float[]> noises = new ArrayList<>();
    for (int i = 0; i < evaluations; i++) {
      latents.add(source.latent().apply(i));
      noises.add(source.noise().apply(i));
    }
    return new SampleNoise(start, latents, noises, source.label().getAsInt());
  }

  /** Runs all sampler steps. */
  List<Trajectory> of(List<SampleNoise> origins) {
    origins.forEach(this::require);
    return follow(
        0,
        origins.stream().map(origin -> source(origin, origin.start())).toList(),
        Optional.empty());
  }

  /**
   * Denoises a noised image from a step on, see {@link io.ddgan.api.Model#trajectories}.
   *
   * @throws RefusedException if an origin does not match the model, or inpainting is not possible
   */
  List<Trajectory> of(List<SampleNoise> origins, MaskedImage image, int evaluation) {
    origins.forEach(this::require);
    float[] encoded = loop.coding().encode(image.values());
    int time = loop.path().get(evaluation).t() + 1;
    List<NoiseSource> sources = new ArrayList<>();
    for (SampleNoise origin : origins) {
      float[] start = origin.start().clone();
      model.components().process().marginal(time).apply(encoded, start, start, 0, size);
      sources.add(source(origin, start));
    }
    Optional<KnownRegion> known =
        image.isAllGenerated() ? Optional.empty() : Optional.of(known(image, origins, evaluation));
    return follow(evaluation, sources, known);
  }

  private KnownRegion known(MaskedImage image, List<SampleNoise> origins, int evaluation) {
    return new KnownRegion(
        image,
        loop.coding(),
        model.components().process(),
        loop.path(),
        count -> IntStream.range(evaluation, count).toArray(),
        (purpose, done, k) -> // the known part uses this noise nowhere else
        k < origins.size() ? origins.get(k).noise(evaluation + done - 1).clone() : new float[size]);
  }

  private void require(SampleNoise origin) {
    boolean valid =
        origin.networkEvaluations() == loop.path().size()
            && origin.start().length == size
            && (model.classes() == 0 || (origin.label() >= 0 && origin.label() < model.classes()));
    for (int i = 0; valid && i < origin.networkEvaluations(); i++) {
      valid =
          origin.latent(i).length == model.components().generator().latentSize()
              && origin.noise(i).length == size;
    }
    if (!valid) {
      throw new RefusedException(
          "the noise of an example must have %d evaluations, latent vectors of %d numbers, noise of %d and a valid class"
              .formatted(loop.path().size(), model.components().generator().latentSize(), size));
    }
  }

  private static NoiseSource source(SampleNoise origin, float[] start) {
    return new NoiseSource(() -> start, origin::latent, origin::noise, origin::label);
  }

  private List<Trajectory> follow(
      int from, List<NoiseSource> sources, Optional<KnownRegion> known) {
    int[] evaluations = IntStream.range(from, loop.path().size()).toArray();
    Recorder recorder = new Recorder(sources.size(), evaluations, known);
    float[] unused =
        loop.follow(evaluations, sources.size(), sources::get, recorder, (what, done, total) -> {});
    return recorder.trajectories();
  }

  /** Records the states and the x_0 predictions of every batch. */
  private final class Recorder implements SamplerCallback {

    private final int[] evaluations;
    private final Optional<KnownRegion> known;
    private final List<float[]> states = new ArrayList<>();
    private final List<float[]> estimates = new ArrayList<>();

    Recorder(int count, int[] evaluations, Optional<KnownRegion> known) {
      this.evaluations = evaluations;
      this.known = known;
      for (int i = 0; i <= evaluations.length; i++) {
        states.add(new float[count * size]);
      }
      boolean isEstimating = Arrays.stream(evaluations).allMatch(i -> data(i).isPresent());
      for (int i = 0; isEstimating && i < evaluations.length; i++) {
        estimates.add(new float[count * size]);
      }
    }

    private Optional<Coefficients> data(int evaluation) {
      return model
          .components()
          .parameterization()
          .data(model.components().process(), loop.path().get(evaluation).t());
    }

    @Override
    public void reached(int done, int first, float[] x) {
      if (done > 0 && !estimates.isEmpty()) {
        estimate(done - 1, first);
      }
      known.ifPresent(part -> part.reached(done, first, x));
      float[] state = states.get(done);
      System.arraycopy(x, 0, state, first * size, Math.min(x.length, state.length - first * size));
    }

    private void estimate(int number, int first) {
      Coefficients data = data(evaluations[number]).orElseThrow();
      float[] output = loop.output();
      float[] given = states.get(number);
      float[] estimate = estimates.get(number);
      int values = Math.min(output.length, estimate.length - first * size);
      for (int i = 0; i < values; i++) {
        int at = first * size + i;
        estimate[at] = (float) (data.output() * output[i] + data.xtp1() * given[at]);
      }
    }

    List<Trajectory> trajectories() {
      List<float[]> shown = new ArrayList<>(states);
      shown.replaceAll(loop.coding()::decode);
      known.ifPresent(
          part -> shown.set(evaluations.length, part.kept(shown.get(evaluations.length))));
      List<float[]> estimated = estimates.stream().map(loop.coding()::decode).toList();
      List<Trajectory> all = new ArrayList<>();
      int length = loop.shape().size();
      for (int k = 0; k < states.get(0).length / size; k++) {
        int start = k * length;
        all.add(
            new Trajectory(
                shown.stream()
                    .map(each -> Arrays.copyOfRange(each, start, start + length))
                    .toList(),
                estimated.stream()
                    .map(each -> Arrays.copyOfRange(each, start, start + length))
                    .toList()));
      }
      return all;
    }
  }
}
