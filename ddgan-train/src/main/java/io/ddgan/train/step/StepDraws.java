package io.ddgan.train.step;

import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.Batches;
import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Draws what a training iteration needs, as a function of the seed and the step alone. Both
 * networks see the same real examples, diffused independently.
 */
public final class StepDraws {

  private final Batches batches;
  private final RandomStreams random;
  private final Game game;

  /** Draws for one game. */
  public StepDraws(Batches batches, RandomStreams random, Game game) {
    this.batches = batches;
    this.random = random;
    this.game = game;
  }

  /** The draws of a step, counted from 0. */
  public StepDraw draw(long step) throws IOException {
    float[] real = batches.read(step);
    RandomGenerator generator = random.stream("generator", step);
    return game.opponent().isPresent()
        ? new StepDraw(
            Optional.of(adversarial(real, random.stream("discriminator", step))),
            adversarial(real, generator))
        : new StepDraw(Optional.empty(), denoising(real, generator));
  }

  private UpdateDraw adversarial(float[] real, RandomGenerator stream) {
    int[] times = times(stream);
    float[] first = Gaussian.draw(stream, real.length);
    float[] second = Gaussian.draw(stream, real.length);
    float[] latent = latent(stream);
    float[] noise = Gaussian.draw(stream, real.length);
    RandomStreams rest = new RandomStreams(stream.nextLong());
    UpdateDraw draw =
        UpdateDraw.pairs(game.process(), times, real, first, second, latent, noise, rest);
    return game.reverse().isOneShot() ? draw.withNoisier(second) : draw;
  }

  private UpdateDraw denoising(float[] real, RandomGenerator stream) {
    int[] times = times(stream);
    float[] noise = Gaussian.draw(stream, real.length);
    float[] latent = latent(stream);
    RandomStreams rest = new RandomStreams(stream.nextLong());
    return UpdateDraw.noisy(game.process(), times, real, noise, latent, rest);
  }

  private int[] times(RandomGenerator stream) {
    int[] times = new int[game.batch()];
    for (int i = 0; i < times.length; i++) {
      times[i] = stream.nextInt(game.process().steps());
    }
    return times;
  }

  private float[] latent(RandomGenerator stream) {
    return Gaussian.draw(stream, game.batch() * game.generator().latentSize());
  }
}
