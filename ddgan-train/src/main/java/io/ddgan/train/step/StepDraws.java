package io.ddgan.train.step;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.Batches;
import java.io.IOException;
import java.util.random.RandomGenerator;

/**
 * Draws what a training iteration needs, as a function of the seed and the step alone. Both
 * networks see the same real examples, diffused independently.
 */
public final class StepDraws {

  private final Batches batches;
  private final DiffusionProcess process;
  private final RandomStreams random;
  private final int batch;
  private final int latentSize;

  /**
   * Draws for one experiment.
   *
   * @param latentSize length of the latent vector of one example
   */
  public StepDraws(
      Batches batches, DiffusionProcess process, RandomStreams random, int batch, int latentSize) {
    this.batches = batches;
    this.process = process;
    this.random = random;
    this.batch = batch;
    this.latentSize = latentSize;
  }

  /** The draws of a step, counted from 0. */
  public StepDraw draw(long step) throws IOException {
    float[] real = batches.read(step);
    return new StepDraw(
        draw(real, random.stream("discriminator", step)),
        draw(real, random.stream("generator", step)));
  }

  private UpdateDraw draw(float[] real, RandomGenerator stream) {
    int[] times = new int[batch];
    for (int i = 0; i < batch; i++) {
      times[i] = stream.nextInt(process.steps());
    }
    float[] first = Gaussian.draw(stream, real.length);
    float[] second = Gaussian.draw(stream, real.length);
    float[] latent = Gaussian.draw(stream, batch * latentSize);
    float[] noise = Gaussian.draw(stream, real.length);
    return UpdateDraw.diffuse(
        process, times, real, first, second, latent, noise, new RandomStreams(stream.nextLong()));
  }
}
