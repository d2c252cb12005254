package io.ddgan.web;

import io.ddgan.api.Model;
import io.ddgan.api.Model.Draw;
import io.ddgan.api.Origin;
import io.ddgan.api.Trajectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What the playground asks of a model. Any thread may ask; one at a time is answered.
 *
 * <p>Of images a single one is followed by a model that computes one at a time, several by one that
 * computes several; of points there is one for both.
 */
final class Playground implements AutoCloseable {

  /** Images that are computed at a time where there are several. */
  static final int SEVERAL = 8;

  /** Points that are computed at a time. */
  static final int POINTS = 500;

  /** Pairs of examples that the main directions are found with. */
  private static final int PAIRS = 256;

  /** More would keep the machine busy for minutes. */
  private static final int LONGEST_SEARCHED = 50;

  /** Main directions of the noise, and of latent vectors. */
  private static final int DIRECTIONS = 3;

  private final Model one;
  private final Model several;
  private final MainDirections ofNoise = new MainDirections();
  private final MainDirections ofLatents = new MainDirections();
  private List<float[]> directions = List.of();
  private boolean isClosed;

  /**
   * Takes over two models of the same weights, which may be one and the same.
   *
   * @param one computes single examples
   * @param several computes several at a time
   */
  Playground(Model one, Model several) {
    this.one = one;
    this.several = several;
  }

  /** The model, to be asked what describes it. */
  Model model() {
    return one;
  }

  /** Follows an example. */
  synchronized Trajectory follow(Recipe recipe) {
    requireOpen();
    return one.follow(List.of(recipe.origin(one, directions))).get(0);
  }

  /** Follows an example whose picture enters on the way, see {@link Model#follow}. */
  synchronized Trajectory follow(Recipe recipe, float[] image, boolean[] made, int evaluation) {
    requireOpen();
    return one.follow(List.of(recipe.origin(one, directions)), image, made, evaluation).get(0);
  }

  /**
   * Follows an example with different latent vectors in one evaluation and the same otherwise: its
   * own, and those of the seed's next examples.
   */
  synchronized List<Trajectory> modes(Recipe recipe, int evaluation, int count) {
    requireOpen();
    Arguments.require(
        evaluation >= 0 && evaluation < several.evaluations() && count >= 1 && count <= 64,
        "there is no such evaluation, or too many are asked for");
    return several.follow(
        IntStream.range(0, count)
            .mapToObj(n -> recipe.withLatent(evaluation, n).origin(several, directions))
            .toList());
  }

  /**
   * The first examples of a seed on their way.
   *
   * @return what all of them were, state after state, {@code [count, ...shape]} each
   */
  synchronized List<float[]> flow(long seed, Optional<Integer> label, int count) {
    requireOpen();
    List<Trajectory> followed =
        several.follow(
            IntStream.range(0, count)
                .mapToObj(n -> several.origin(new Draw(seed, n, label, Optional.empty())))
                .toList());
    int size = several.shape().size();
    List<float[]> states = new ArrayList<>();
    for (int state = 0; state <= several.evaluations(); state++) {
      float[] all = new float[count * size];
      for (int n = 0; n < count; n++) {
        System.arraycopy(followed.get(n).states().get(state), 0, all, n * size, size);
      }
      states.add(all);
    }
    return states;
  }

  /**
   * What the discriminator says of steps from one point to those of a grid.
   *
   * @param t the cleaner time
   * @param from the point x_{t+1}
   * @param extent the grid goes from -extent to extent, in both directions
   * @param cells how many points it has in each
   * @return row by row, from the top; empty if the model has no discriminator
   */
  synchronized Optional<float[]> heat(int t, List<Float> from, double extent, int cells, int label)
      throws IOException {
    requireOpen();
    float[] cleaner = new float[2 * cells * cells];
    float[] noisier = new float[cleaner.length];
    for (int i = 0; i < cells * cells; i++) {
      int column = i % cells;
      int row = i / cells;
      cleaner[2 * i] = (float) (extent * (2 * (column + 0.5) / cells - 1));
      cleaner[2 * i + 1] = (float) (extent * (1 - 2 * (row + 0.5) / cells));
      noisier[2 * i] = from.get(0);
      noisier[2 * i + 1] = from.get(1);
    }
    return several.logits(t, cleaner, noisier, label);
  }

  /** Whether there will be main directions: of images that do not take too long. */
  boolean isSearching() {
    return one.shape().isImage() && one.evaluations() <= LONGEST_SEARCHED;
  }

  /** How far the search for main directions is, from 0 to 1. */
  synchronized double searched() {
    return directions.isEmpty() ? Math.min(0.99, ofNoise.size() / (double) PAIRS) : 1;
  }

  /** What the main directions are directions of; none before they are found. */
  synchronized List<String> directions() {
    return IntStream.range(0, directions.size())
        .mapToObj(i -> i < DIRECTIONS ? "noise" : "latent")
        .toList();
  }

  /** Searches for the main directions, between what else is asked. */
  void search() {
    for (int first = 0; first < PAIRS && !isClosed(); first += SEVERAL / 2) {
      addPairs(first);
    }
    find();
  }

  private synchronized boolean isClosed() {
    return isClosed;
  }

  private synchronized void addPairs(int first) {
    if (isClosed) {
      return;
    }
    List<Origin> both = new ArrayList<>();
    for (int n = first; n < first + SEVERAL / 2; n++) {
      Origin drawn = several.origin(new Draw(0, n, Optional.empty(), Optional.empty()));
      both.add(drawn);
      both.add(opposite(drawn));
    }
    List<Trajectory> made = several.follow(both);
    for (int i = 0; i < both.size(); i += 2) {
      float[] example = made.get(i).example();
      float[] other = made.get(i + 1).example();
      ofNoise.add(both.get(i).start(), example, other);
      ofLatents.add(latents(both.get(i)), example, other);
    }
  }

  private synchronized void find() {
    if (isClosed) {
      return;
    }
    int noise = several.origin(new Draw(0, 0, Optional.empty(), Optional.empty())).start().length;
    int latents = several.evaluations() * several.latentSize();
    List<float[]> found = new ArrayList<>();
    for (float[] direction : ofNoise.strongest(DIRECTIONS, new Random(0))) {
      found.add(Arrays.copyOf(direction, noise + latents));
    }
    if (latents > 0) {
      for (float[] direction : ofLatents.strongest(DIRECTIONS, new Random(0))) {
        float[] joined = new float[noise + latents];
        System.arraycopy(direction, 0, joined, noise, latents);
        found.add(joined);
      }
    }
    directions = List.copyOf(found);
  }

  private static Origin opposite(Origin origin) {
    Origin opposite = origin.withStart(negative(origin.start()));
    for (int i = 0; i < origin.evaluations(); i++) {
      opposite = opposite.withLatent(i, negative(origin.latent(i)));
    }
    return opposite;
  }

  private static float[] negative(float[] values) {
    float[] all = new float[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = -values[i];
    }
    return all;
  }

  private static float[] latents(Origin origin) {
    int length = origin.latent(0).length;
    float[] all = new float[origin.evaluations() * length];
    for (int i = 0; i < origin.evaluations(); i++) {
      System.arraycopy(origin.latent(i), 0, all, i * length, length);
    }
    return all;
  }

  private void requireOpen() {
    Arguments.require(!isClosed, "the playground is closing");
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    one.close();
    if (several != one) {
      several.close();
    }
  }
}
