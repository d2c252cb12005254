package io.ddgan.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trained generator with its sampler. It holds native memory until it is closed; later use throws
 * an {@link IllegalStateException}. It is thread-safe: calls, including {@link #close}, wait for
 * each other.
 *
 * <p>Examples are in one array, one after another, each channel by channel and row by row. Image
 * values are nominally in [-1, 1]; generated values may exceed that range.
 *
 * <p>All methods throw a {@link RefusedException} if the model does not support the request (an
 * unknown class, arrays of another length, a file of an unknown format), or if the result is not
 * finite.
 */
public interface Model extends AutoCloseable {

  /** Shape of one example: {@code [C, H, W]} of images, {@code [n]} of points. */
  DataShape shape();

  /** Number of training steps of its weights. */
  long step();

  /** Generator evaluations per example. */
  int networkEvaluations();

  /**
   * The time t of the input of the first evaluation, then of the output of each, the last 0: one
   * more than evaluations.
   */
  List<Integer> timesteps();

  /** Length of the latent vector of an evaluation; 0 if the generator ignores latent vectors. */
  int latentSize();

  /** Maximum number of examples that are computed together. */
  int batch();

  /**
   * Names of the classes that can be requested, from the training data, else their numbers. Empty
   * if the generator is unconditional.
   */
  List<String> classNames();

  /**
   * Returns the index of a class, from 0, by its number or its name. Case and separators between
   * words are ignored.
   */
  int classIndex(String label);

  /**
   * The draw of one example.
   *
   * @param index number of the example, from 0
   * @param label its class; drawn if empty, which is required for an unconditional generator
   * @param latents the latent vector of every evaluation; drawn if empty
   */
  record Draw(long seed, long index, Optional<Integer> label, Optional<List<List<Float>>> latents) {

    public Draw {
      if (index < 0) {
        throw new RefusedException("index must be at least 0; got " + index);
      }
      latents = latents.map(all -> all.stream().map(List::copyOf).toList());
    }
  }

  /** Generates examples of any seeds and classes, batched together: {@code [draws, ...shape]}. */
  float[] sample(List<Draw> draws);

  /**
   * Generates the first examples of a seed, {@code [count, ...shape]}. Example k depends on the
   * model, the seed and k alone, not on the count.
   */
  float[] sample(int count, long seed);

  /** Generates the first examples of a seed, all of one class, named as in {@link #classIndex}. */
  float[] sample(int count, long seed, String label);

  /** Returns the noise of an example, which can be modified and passed to {@link #trajectories}. */
  SampleNoise noise(Draw draw);

  /** Generates an example from each noise and returns its intermediate states. */
  List<Trajectory> trajectories(List<SampleNoise> origins);

  /**
   * Starts from the image, diffused with the given noise to an intermediate step, and denoises it
   * (SDEdit; Meng et al., 2022). Pixels outside the mask are kept (Lugmayr et al., 2022).
   *
   * @param image in [-1, 1], {@code [C, H, W]}
   * @param mask the pixels to generate, {@code [H, W]}
   * @param evaluation index of the first evaluation, from 0; later ones stay closer to the image
   * @return one trajectory for each noise, of the remaining evaluations
   */
  List<Trajectory> trajectories(
      List<SampleNoise> origins, float[] image, boolean[] mask, int evaluation);

  /**
   * The discriminator's logits of steps from x_{t+1} to x_t, one per example (Xiao et al., 2022,
   * section 3.2).
   *
   * @param t time of x_t, in [0, T - 1]
   * @param xt examples x_t, {@code [N, ...shape]}
   * @param xtp1 as many examples x_{t+1}
   * @param label their class; ignored by an unconditional discriminator
   * @return the logits; empty if the model has no discriminator with such logits
   * @throws IOException if it cannot be read
   */
  Optional<float[]> discriminatorLogits(int t, float[] xt, float[] xtp1, int label)
      throws IOException;

  /** Regenerates a part of an image without repeating steps. */
  default float[] inpaint(float[] image, boolean[] mask, int count, long seed) {
    return inpaint(image, mask, count, seed, 1, 1, Optional.empty());
  }

  /**
   * Regenerates a part of an image consistently with the rest (RePaint; Lugmayr et al., 2022).
   *
   * @param image in [-1, 1], {@code [C, H, W]}
   * @param mask the pixels to generate, {@code [H, W]}; the others are kept
   * @param times repetitions of each step, from 1 to 100: r in the paper
   * @param jump number of steps repeated together, at least 1: j in the paper
   * @param label the class of the images, as in {@link #classIndex}
   * @return the first images of a seed, {@code [count, C, H, W]}
   */
  float[] inpaint(
      float[] image,
      boolean[] mask,
      int count,
      long seed,
      int times,
      int jump,
      Optional<String> label);

  /**
   * Writes examples {@code [N, ...shape]} as {@code ddgan sample --out} does: one picture of all,
   * {@code .png}; an array named {@code samples}, {@code .npz}; or a folder with a picture of each.
   */
  void writeExamples(float[] examples, Path target) throws IOException;

  /**
   * Exports the model for other programs, as {@code ddgan export --out} does: {@code .onnx}, or
   * {@code .fb} of SameDiff. Replaces it if it exists.
   *
   * @return the dimensions of the inputs by name, with -1 for a variable number of examples
   */
  Map<String, List<Long>> export(Path file) throws IOException;

  /** Frees the native memory. */
  @Override
  void close();
}
