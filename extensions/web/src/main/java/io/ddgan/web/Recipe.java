package io.ddgan.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.ddgan.api.Model;
import io.ddgan.api.Model.Draw;
import io.ddgan.api.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How an example of the playground is made. The same recipe is the same example.
 *
 * @param seed the seed whose first example it is
 * @param label its class; drawn if empty
 * @param between another seed on the way to whose first example it is, if it is on one
 * @param latents for every evaluation the number of the example of the seed whose latent vector it
 *     has: 0 for its own
 * @param moves how far noise and latent vectors are moved along each of the main directions
 */
record Recipe(
    long seed,
    Optional<Integer> label,
    Optional<Between> between,
    List<Integer> latents,
    List<Double> moves) {

  /**
   * A place on the way to another example.
   *
   * @param seed the seed whose first example that is
   * @param share 0 for this example, 1 for the other
   */
  record Between(long seed, double share) {}

  Recipe {
    latents = List.copyOf(latents);
    moves = List.copyOf(moves);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Recipe of(JsonNode json) {
    List<Integer> latents = new ArrayList<>();
    json.path("latents").forEach(number -> latents.add(number(number).intValue()));
    List<Double> moves = new ArrayList<>();
    json.path("moves").forEach(far -> moves.add(number(far).doubleValue()));
    return new Recipe(
        number(json.path("seed")).longValue(),
        json.hasNonNull("label")
            ? Optional.of(number(json.path("label")).intValue())
            : Optional.empty(),
        json.hasNonNull("between") ? Optional.of(between(json.path("between"))) : Optional.empty(),
        latents,
        moves);
  }

  private static Between between(JsonNode json) {
    return new Between(
        number(json.path("seed")).longValue(), number(json.path("share")).doubleValue());
  }

  private static JsonNode number(JsonNode json) {
    Arguments.require(json.isNumber(), "a recipe has numbers alone, and a seed among them");
    return json;
  }

  /** The same with the latent vector of another example in an evaluation. */
  Recipe withLatent(int evaluation, int number) {
    List<Integer> changed = new ArrayList<>(latents);
    while (changed.size() <= evaluation) {
      changed.add(0);
    }
    changed.set(evaluation, number);
    return new Recipe(seed, label, between, changed, moves);
  }

  /**
   * What the example comes from.
   *
   * @param directions the directions of {@code moves}, in x_T and the latent vectors of all
   *     evaluations, one after the other
   * @throws IllegalArgumentException if the recipe does not suit the model
   */
  Origin origin(Model model, List<float[]> directions) {
    Arguments.require(
        latents.size() <= model.evaluations() && moves.size() <= directions.size(),
        "the recipe is of another model");
    Origin origin = drawn(model, seed, 0);
    if (between.isPresent()) {
      origin = origin.between(drawn(model, between.get().seed(), 0), between.get().share());
    }
    for (int i = 0; i < latents.size(); i++) {
      if (latents.get(i) != 0) {
        origin = origin.withLatent(i, drawn(model, seed, latents.get(i)).latent(i));
      }
    }
    for (int i = 0; i < moves.size(); i++) {
      if (moves.get(i) != 0) {
        origin = moved(origin, directions.get(i), moves.get(i));
      }
    }
    return origin;
  }

  private Origin drawn(Model model, long seed, long number) {
    return model.origin(new Draw(seed, number, label, Optional.empty()));
  }

  private static Origin moved(Origin origin, float[] direction, double far) {
    float[] start = origin.start();
    move(start, direction, 0, far);
    Origin moved = origin.withStart(start);
    int at = start.length;
    for (int i = 0; i < origin.evaluations(); i++) {
      float[] latent = origin.latent(i);
      move(latent, direction, at, far);
      moved = moved.withLatent(i, latent);
      at += latent.length;
    }
    return moved;
  }

  private static void move(float[] numbers, float[] direction, int at, double far) {
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] += (float) (far * direction[at + k]);
    }
  }
}
