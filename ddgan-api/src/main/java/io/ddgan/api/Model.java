package io.ddgan.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trained generator with its sampler. Holds native memory until it is closed; whatever needs that
 * is an {@link IllegalStateException} then. Threads that make examples with it wait for each other,
 * and so does who closes it.
 *
 * <p>Examples are in one array, one after another, each channel by channel and row by row; images
 * are in [-1, 1], which generated ones exceed here and there.
 *
 * <p>All methods throw a {@link RefusedException} if they are asked for what the model cannot do
 * (an unknown class, arrays of another length, a file of an unknown format), or if what is made is
 * not finite.
 */
public interface Model extends AutoCloseable {

  /** Shape of one example: {@code [C, H, W]} of images, {@code [n]} of points. */
  DataShape shape();

  /** Number of training steps that its weights have seen. */
  long step();

  /** Evaluations of the generator that an example takes. */
  int networkEvaluations();

  /**
   * The t of x_t that the first evaluation is given, then of what each makes, the last 0: one more
   * than evaluations.
   */
  List<Integer> times();

  /** Length of the latent vector of an evaluation; 0 if latent vectors make no difference. */
  int latentSize();

  /** Number of examples that are computed at a time, however few are asked for. */
  int batch();

  /**
   * Names of the classes that examples can be asked of, as the data had them in training, else
   * their numbers. Empty if the generator does not look at classes.
   */
  List<String> classes();

  /**
   * The number of a class, from 0, by its name, whatever its case and with anything between its
   * words, or by its number.
   */
  int classIndex(String label);

  /**
   * What one example is drawn from, besides the model.
   *
   * @param index number of the example, from 0
   * @param label its class; drawn if empty, as it has to be where the generator does not look at
   *     classes
   * @param latents the latent vector of every evaluation in place of drawn ones
   */
  record Draw(long seed, long index, Optional<Integer> label, Optional<List<List<Float>>> latents) {

    public Draw {
      if (index < 0) {
        throw new RefusedException("examples are counted from 0, and not from " + index);
      }
      latents = latents.map(all -> all.stream().map(List::copyOf).toList());
    }
  }

  /**
   * Generates examples of any seeds and classes, which share the evaluations: {@code [draws,
   * ...shape]}.
   */
  float[] sample(List<Draw> draws);

  /**
   * Generates the first examples of a seed, {@code [count, ...shape]}. Example k is a function of
   * the model, the seed and k alone: the same whatever the count.
   */
  float[] sample(int count, long seed);

  /** Generates the first examples of a seed, all of one class, named as in {@link #classIndex}. */
  float[] sample(int count, long seed, String label);

  /** What an example is made of, to be changed and followed. */
  SampleNoise origin(Draw draw);

  /** Generates an example of each origin and keeps what they were on their way. */
  List<Trajectory> trajectories(List<SampleNoise> origins);

  /**
   * Diffuses an image with the noise that the origins begin with, and denoises it from there (Meng
   * et al., 2022); pixels that are not to be made stay as they are (Lugmayr et al., 2022).
   *
   * @param image in [-1, 1], {@code [C, H, W]}
   * @param made the pixels that are made, {@code [H, W]}
   * @param evaluation the first evaluation that is done, from 0: the later, the closer the results
   *     are to the image
   * @return one for each origin, of the evaluations that are done
   */
  List<Trajectory> trajectories(
      List<SampleNoise> origins, float[] image, boolean[] made, int evaluation);

  /**
   * The discriminator's logits of steps from x_{t+1} to x_t, one an example (Xiao et al., 2022,
   * section 3.2).
   *
   * @param t time of the cleaner examples, in [0, T - 1]
   * @param xt examples x_t, {@code [N, ...shape]}
   * @param xtp1 as many examples x_{t+1}
   * @param label their class; not looked at where the discriminator does not look at classes
   * @return empty if the model has no discriminator, or none of such logits
   * @throws IOException if it cannot be read
   */
  Optional<float[]> logits(int t, float[] xt, float[] xtp1, int label) throws IOException;

  /** Makes a part of an image again, by every step once. */
  default float[] inpaint(float[] image, boolean[] made, int count, long seed) {
    return inpaint(image, made, count, seed, 1, 1, Optional.empty());
  }

  /**
   * Makes a part of an image again, so that it suits the rest (Lugmayr et al., 2022).
   *
   * @param image in [-1, 1], {@code [C, H, W]}
   * @param made the pixels that are made, {@code [H, W]}; the others stay as they are
   * @param times how often each step is done, from 1 to 100: r in the paper
   * @param jump how many steps are repeated at a time, at least 1: j in the paper
   * @param label the class of the images, as in {@link #classIndex}
   * @return the first images of a seed, {@code [count, C, H, W]}
   */
  float[] inpaint(
      float[] image,
      boolean[] made,
      int count,
      long seed,
      int times,
      int jump,
      Optional<String> label);

  /**
   * Writes examples {@code [N, ...shape]} as {@code ddgan sample --out} does: one picture of all,
   * {@code .png}; an array named {@code samples}, {@code .npz}; or a folder with a picture of each.
   */
  void write(float[] examples, Path target) throws IOException;

  /**
   * Writes a file that computes samples in other programs, as {@code ddgan export --out} does:
   * {@code .onnx}, or {@code .fb} of SameDiff. Replaces it if it exists.
   *
   * @return the dimensions of the inputs by name, with -1 for the number of examples where that is
   *     free
   */
  Map<String, List<Long>> export(Path file) throws IOException;

  /** Frees the native memory. */
  @Override
  void close();
}
