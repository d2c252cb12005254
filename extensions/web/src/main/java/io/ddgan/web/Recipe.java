package io.ddgan.web;

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

  /** The largest number of an example whose latent vector may be taken. */
  static final int LAST_LATENT = 1_000_000;

  private static final double FARTHEST = 1000;

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
   * @param directions how many main directions there are
   * @throws IllegalArgumentException if it does not suit the model; the message says why
   */
  static Recipe of(Fields fields, Model model, int directions) {
    int classes = model.classes().size();
    return new Recipe(
        fields.integer("seed", 0, Long.MAX_VALUE),
        classes == 0 ? Optional.empty() : fields.someInteger("label", classes - 1),
        fields.has("between") ? Optional.of(between(fields.object("between"))) : Optional.empty(),
        fields.integers("latents", LAST_LATENT, model.evaluations()),
        fields.numbers("moves", FARTHEST, directions));
  }

  private static Between between(Fields fields) {
    return new Between(fields.integer("seed", 0, Long.MAX_VALUE), fields.number("share", 1));
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

  /** What the example comes from. */
  Origin origin(Model model, List<Direction> directions) {
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
        origin = directions.get(i).move(origin, moves.get(i));
      }
    }
    return origin;
  }

  private Origin drawn(Model model, long seed, long number) {
    return model.origin(new Draw(seed, number, label, Optional.empty()));
  }
}
