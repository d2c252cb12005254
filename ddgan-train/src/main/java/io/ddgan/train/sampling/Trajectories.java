package io.ddgan.train.sampling;

import io.ddgan.api.Parameterization.Coefficients;
import io.ddgan.api.RefusedException;
import io.ddgan.api.SampleNoise;
import io.ddgan.api.Trajectory;
import io.ddgan.train.data.MaskedImage;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.sampling.SamplingLoop.Cell;
import io.ddgan.train.sampling.SamplingLoop.Waypoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Follows examples on their way from noise, and keeps what they were. */
final class Trajectories {

  private final ModelDefinition model;
  private final SamplingLoop synthesis;
  private final int size;

  Trajectories(ModelDefinition model, SamplingLoop synthesis) {
    this.model = model;
    this.synthesis = synthesis;
    this.size = model.shape().size();
  }

  /** What an example is made of, read in the order in which samples draw it. */
  SampleNoise origin(Cell cell) {
    int evaluations = synthesis.path().size();
    float[] start = cell.start().get();
    List<float[]> latents = new ArrayList<>();
    List<float[]> noises = new ArrayList<>();
    for (int i = 0; i < evaluations; i++) {
      latents.add(cell.latent().apply(i));
      noises.add(cell.noise().apply(i));
    }
    return new SampleNoise(start, latents, noises, cell.label().getAsInt());
  }

  /** Follows the whole path. */
  List<Trajectory> of(List<SampleNoise> origins) {
    origins.forEach(this::require);
    return follow(
        0, origins.stream().map(origin -> cell(origin, origin.start())).toList(), Optional.empty());
  }

  /**
   * Lets an image enter before an evaluation, see {@link io.ddgan.api.Model#trajectories}.
   *
   * @throws RefusedException if an origin is none of this model's, or nothing can be kept
   */
  List<Trajectory> of(List<SampleNoise> origins, MaskedImage image, int evaluation) {
    origins.forEach(this::require);
    float[] encoded = synthesis.coding().encode(image.values());
    int time = synthesis.path().get(evaluation).t() + 1;
    List<Cell> cells = new ArrayList<>();
    for (SampleNoise origin : origins) {
      float[] start = origin.start().clone();
      model.components().process().marginal(time).apply(encoded, start, start, 0, size);
      cells.add(cell(origin, start));
    }
    Optional<KnownRegion> known =
        image.isMadeWhole() ? Optional.empty() : Optional.of(known(image, origins, evaluation));
    return follow(evaluation, cells, known);
  }

  private KnownRegion known(MaskedImage image, List<SampleNoise> origins, int evaluation) {
    return new KnownRegion(
        image,
        synthesis.coding(),
        model.components().process(),
        synthesis.path(),
        count -> IntStream.range(evaluation, count).toArray(),
        (purpose, done, k) -> // which nothing else has used where the image is kept
        k < origins.size() ? origins.get(k).noise(evaluation + done - 1).clone() : new float[size]);
  }

  private void require(SampleNoise origin) {
    boolean suits =
        origin.networkEvaluations() == synthesis.path().size()
            && origin.start().length == size
            && (model.classes() == 0 || (origin.label() >= 0 && origin.label() < model.classes()));
    for (int i = 0; suits && i < origin.networkEvaluations(); i++) {
      suits =
          origin.latent(i).length == model.components().generator().latentSize()
              && origin.noise(i).length == size;
    }
    if (!suits) {
      throw new RefusedException(
          "an origin of this model has %d evaluations, latent vectors of %d numbers, noise of %d and a class that exists"
              .formatted(
                  synthesis.path().size(), model.components().generator().latentSize(), size));
    }
  }

  private static Cell cell(SampleNoise origin, float[] start) {
    return new Cell(() -> start, origin::latent, origin::noise, origin::label);
  }

  private List<Trajectory> follow(int from, List<Cell> cells, Optional<KnownRegion> known) {
    int[] evaluations = IntStream.range(from, synthesis.path().size()).toArray();
    Followed followed = new Followed(cells.size(), evaluations, known);
    float[] unused =
        synthesis.follow(
            evaluations, cells.size(), cells::get, followed, (what, done, total) -> {});
    return followed.trajectories();
  }

  /** Keeps, of every batch, what is given to the evaluations and what the generator makes of it. */
  private final class Followed implements Waypoint {

    private final int[] evaluations;
    private final Optional<KnownRegion> known;
    private final List<float[]> states = new ArrayList<>();
    private final List<float[]> estimates = new ArrayList<>();

    Followed(int count, int[] evaluations, Optional<KnownRegion> known) {
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
          .data(model.components().process(), synthesis.path().get(evaluation).t());
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
      float[] output = synthesis.output();
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
      shown.replaceAll(synthesis.coding()::decode);
      known.ifPresent(
          part -> shown.set(evaluations.length, part.kept(shown.get(evaluations.length))));
      List<float[]> estimated = estimates.stream().map(synthesis.coding()::decode).toList();
      List<Trajectory> all = new ArrayList<>();
      int length = synthesis.shape().size();
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
