package io.ddgan.web;

import io.ddgan.api.Model;
import io.ddgan.api.Model.Draw;
import io.ddgan.api.Origin;
import io.ddgan.api.Trajectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * What the playground asks of a model. Any thread may ask; they are answered one at a time, in the
 * order in which they came.
 *
 * <p>Of images a single one is followed by a model that computes one at a time, several by one that
 * computes several.
 */
final class Playground implements AutoCloseable {

  /** Images that are computed at a time where there are several. */
  static final int SEVERAL = 8;

  /** Points that are computed at a time. */
  static final int POINTS = 500;

  /** More would keep the machine busy for minutes. */
  private static final int LONGEST_SEARCHED = 50;

  private final Model one;
  private final Model several;
  private final ReentrantLock turn = new ReentrantLock(true);
  private volatile double searched;
  private volatile List<Direction> directions = List.of();
  private volatile boolean isClosed;

  /**
   * Takes over two models of the same weights.
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

  /** Does what needs the model when it is its turn. */
  private <T, E extends Exception> T inTurn(Work<T, E> work) throws E {
    turn.lock();
    try {
      Arguments.require(!isClosed, "the playground has ended");
      return work.done();
    } finally {
      turn.unlock();
    }
  }

  /** Work with the model. */
  @FunctionalInterface
  private interface Work<T, E extends Exception> {

    T done() throws E;
  }

  /** Follows an example. */
  Trajectory follow(Recipe recipe) {
    return inTurn(() -> one.follow(List.of(recipe.origin(one, directions))).get(0));
  }

  /** Follows an example whose picture enters on the way, see {@link Model#follow}. */
  Trajectory follow(Recipe recipe, float[] image, boolean[] made, int evaluation) {
    return inTurn(
        () -> one.follow(List.of(recipe.origin(one, directions)), image, made, evaluation).get(0));
  }

  /**
   * Follows an example with different latent vectors in one evaluation and the same otherwise.
   *
   * @param numbers those of the seed's examples whose latent vectors are taken, 0 for its own
   */
  List<Trajectory> modes(Recipe recipe, int evaluation, List<Integer> numbers) {
    return inTurn(
        () ->
            several.follow(
                numbers.stream()
                    .map(n -> recipe.withLatent(evaluation, n).origin(several, directions))
                    .toList()));
  }

  /**
   * Several examples on their way.
   *
   * @param states what all of them were, state after state, {@code [count, ...shape]} each
   * @param labels the class of each
   */
  record Flow(List<float[]> states, List<Integer> labels) {}

  /** The first examples of a seed on their way, as many as are computed at a time. */
  Flow flow(long seed, Optional<Integer> label) {
    List<Origin> origins =
        IntStream.range(0, POINTS)
            .mapToObj(n -> several.origin(new Draw(seed, n, label, Optional.empty())))
            .toList();
    List<Trajectory> followed = inTurn(() -> several.follow(origins));
    int size = several.shape().size();
    List<float[]> states = new ArrayList<>();
    for (int state = 0; state <= several.evaluations(); state++) {
      float[] all = new float[POINTS * size];
      for (int n = 0; n < POINTS; n++) {
        System.arraycopy(followed.get(n).states().get(state), 0, all, n * size, size);
      }
      states.add(all);
    }
    return new Flow(states, origins.stream().map(Origin::label).toList());
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
  Optional<float[]> heat(int t, List<Double> from, double extent, int cells, int label)
      throws IOException {
    float[] cleaner = new float[2 * cells * cells];
    float[] noisier = new float[cleaner.length];
    for (int i = 0; i < cells * cells; i++) {
      int column = i % cells;
      int row = i / cells;
      cleaner[2 * i] = (float) (extent * (2 * (column + 0.5) / cells - 1));
      cleaner[2 * i + 1] = (float) (extent * (1 - 2 * (row + 0.5) / cells));
      noisier[2 * i] = from.get(0).floatValue();
      noisier[2 * i + 1] = from.get(1).floatValue();
    }
    return inTurn(() -> several.logits(t, cleaner, noisier, label));
  }

  /** Whether there will be main directions: of images that do not take too long. */
  boolean isSearching() {
    return one.shape().isImage() && one.evaluations() <= LONGEST_SEARCHED;
  }

  /** How far the search for main directions is, from 0 to 1. */
  double searched() {
    return searched;
  }

  /** The main directions; none before all are found. */
  List<Direction> directions() {
    return directions;
  }

  /** Searches for the main directions, between what else is asked. */
  void search() {
    DirectionSearch search = new DirectionSearch(several);
    while (!search.isComplete()) {
      boolean isEnding = inTurnUnlessClosed(search);
      if (isEnding) {
        return;
      }
      searched = 0.99 * search.progress();
    }
    directions = search.directions();
    searched = 1;
  }

  private boolean inTurnUnlessClosed(DirectionSearch search) {
    turn.lock();
    try {
      if (!isClosed) {
        search.advance();
      }
      return isClosed;
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      isClosed = true;
      one.close();
      several.close();
    } finally {
      turn.unlock();
    }
  }
}
