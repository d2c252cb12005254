package io.ddgan.web;

import io.ddgan.api.Model;
import io.ddgan.api.Model.Draw;
import io.ddgan.api.Origin;
import io.ddgan.api.Trajectory;
import io.ddgan.random.RandomStreams;
import io.ddgan.web.Direction.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Looks for the main directions of a model's noise and latent vectors, a batch at a time, so that
 * others can be served in between. In one thread.
 */
final class DirectionSearch {

  /** Samples that are compared with those of opposite numbers. */
  private static final int PAIRS = 256;

  private static final int DIRECTIONS = 3;

  /** By how much directions have to be better than random ones to be shown. */
  private static final double ADVANTAGE = 1.5;

  private final Model model;
  private final boolean hasLatents;
  private final MainDirections noise = new MainDirections();
  private final MainDirections latents = new MainDirections();
  private int done;

  /**
   * A search that has not begun.
   *
   * @param model computes several examples at a time
   */
  DirectionSearch(Model model) {
    this.model = model;
    this.hasLatents = model.latentSize() > 0;
  }

  /** How far it is, from 0 to 1. */
  double progress() {
    return done / (double) PAIRS;
  }

  /** Whether all examples are there, so that {@link #directions} can be asked for. */
  boolean isComplete() {
    return done >= PAIRS;
  }

  /** Makes the next few examples. */
  void advance() {
    List<Origin> origins =
        IntStream.range(done, done + model.batch())
            .mapToObj(n -> model.origin(new Draw(0, n, Optional.empty(), Optional.empty())))
            .toList();
    List<Trajectory> made = model.follow(origins);
    pairs(
        noise, origins, made, Origin::start, origin -> origin.withStart(negative(origin.start())));
    if (hasLatents) {
      pairs(
          latents,
          origins,
          made,
          DirectionSearch::latents,
          origin -> origin.withLatents(DirectionSearch::negative));
    }
    done += model.batch();
  }

  private void pairs(
      MainDirections found,
      List<Origin> origins,
      List<Trajectory> made,
      Function<Origin, float[]> numbers,
      UnaryOperator<Origin> opposite) {
    List<Trajectory> others = model.follow(origins.stream().map(opposite).toList());
    for (int i = 0; i < origins.size(); i++) {
      found.add(numbers.apply(origins.get(i)), made.get(i).example(), others.get(i).example());
    }
  }

  /** The directions that are better than chance, the strongest of each kind first. */
  List<Direction> directions() {
    List<Direction> all = new ArrayList<>(directions(Kind.NOISE, noise));
    if (hasLatents) {
      all.addAll(directions(Kind.LATENT, latents));
    }
    return List.copyOf(all);
  }

  private static List<Direction> directions(Kind kind, MainDirections found) {
    RandomStreams random = new RandomStreams(0);
    return found.advantage(random.stream("advantage")) < ADVANTAGE
        ? List.of()
        : found.strongest(DIRECTIONS, random.stream("strongest")).stream()
            .map(numbers -> new Direction(kind, numbers))
            .toList();
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
}
