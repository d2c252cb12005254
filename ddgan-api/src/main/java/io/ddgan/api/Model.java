package io.ddgan.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trained generator with its sampler. Holds native memory until it is closed; whatever needs that
 * is an {@link IllegalStateException} then. Threads that make examples with it wait for each other,
 * and so does who closes it; what describes it and {@link #write} can be asked meanwhile.
 *
 * <p>Examples are in one array, example after example, each channel by channel and row by row;
 * images are in [-1, 1], which generated ones leave here and there; pictures are cut off at that.
 *
 * <p>All methods throw a {@link RefusedException} that says what to do if they are asked for what
 * the model cannot do: an unknown class, arrays or latent vectors of another length, an origin of
 * another model, a file of an unknown format. They do so, too, if what is made is not finite.
 */
public interface Model extends AutoCloseable {

  /** Shape of one example: {@code [C, H, W]} of images, {@code [n]} of points. */
  DataShape shape();

  /** Number of training steps that its weights have seen. */
  long step();

  /** Evaluations of the generator that an example takes. */
  int evaluations();

  /**
   * How noisy an example is on its way: the t of x_t that the first evaluation is given, then of
   * what each of them makes, the last 0. As many as evaluations, and one more.
   */
  List<Integer> times();

  /** Length of the latent vector of an evaluation; 0 if latent vectors make no difference. */
  int latentSize();

  /** Number of examples that are computed at a time, however few are asked for. */
  int batch();

  /**
   * The names of the classes that examples can be asked of, in the order of their numbers: those
   * that the data had when the run was trained, else the numbers. Empty if the generator does not
   * look at classes.
   */
  List<String> classes();

  /**
   * The number of a class.
   *
   * @param label a class's name, whatever its case and with anything between its words, or its
   *     number, counted from 0
   */
  int label(String label);

  /**
   * What one example is drawn from, besides the model.
   *
   * @param seed the seed
   * @param number number of the example, counted from 0
   * @param label its class; drawn if empty, as it has to be where the generator does not look at
   *     classes
   * @param latents the latent vector of every evaluation in place of drawn ones
   */
  record Draw(
      long seed, long number, Optional<Integer> label, Optional<List<List<Float>>> latents) {

    /** Checks the number. */
    public Draw {
      if (number < 0) {
        throw new RefusedException("examples are counted from 0, and not from " + number);
      }
      latents = latents.map(all -> all.stream().map(List::copyOf).toList());
    }
  }

  /**
   * Generates examples of any seeds and classes, which share the evaluations.
   *
   * @return {@code [draws, ...shape]}
   */
  float[] sample(List<Draw> draws);

  /**
   * Generates the first examples of a seed. Example k is a function of the model, the seed and k
   * alone: the same whatever the count.
   *
   * @return {@code [count, ...shape]}
   */
  float[] sample(int count, long seed);

  /**
   * Generates the first examples of a seed, all of one class.
   *
   * @param label as of {@link #label}
   * @return as {@link #sample(int, long)}
   */
  float[] sample(int count, long seed, String label);

  /** What an example is made of, to be changed and followed. */
  Origin origin(Draw draw);

  /**
   * Generates examples and keeps what they were on their way.
   *
   * @return one for each origin
   */
  List<Trajectory> follow(List<Origin> origins);

  /**
   * Lets an image enter on the way, diffused with the noise that the origins begin with, and
   * denoises it from there (Meng et al., 2022); what is not to be made is kept meanwhile (Lugmayr
   * et al., 2022).
   *
   * @param image in [-1, 1], {@code [C, H, W]}
   * @param made the pixels that are made, {@code [H, W]}; the others stay as they are
   * @param evaluation the first evaluation that is done, counted from 0: the later, the closer the
   *     results are to the image
   * @return one for each origin, of the evaluations that are done
   */
  List<Trajectory> follow(List<Origin> origins, float[] image, boolean[] made, int evaluation);

  /**
   * What the discriminator says of steps from x_{t+1} to x_t: the larger, the more it takes them
   * for real ones (Xiao et al., 2022, section 3.2).
   *
   * @param t time of the cleaner examples, in [0, T - 1]
   * @param cleaner examples x_t, {@code [N, ...shape]}
   * @param noisier as many examples x_{t+1}
   * @param label their class; not looked at where the discriminator does not look at classes
   * @return one logit an example; empty if the model has no discriminator, as of those that are
   *     passed on without it, or none that is asked so
   * @throws IOException if it cannot be read
   */
  Optional<float[]> logits(int t, float[] cleaner, float[] noisier, int label) throws IOException;

  /**
   * Makes a part of an image anew, so that it suits the rest (Lugmayr et al., 2022).
   *
   * @param image in [-1, 1], {@code [C, H, W]}
   * @param made the pixels that are made, {@code [H, W]}; the others stay as they are
   * @return the first images of a seed, {@code [count, C, H, W]}
   */
  default float[] inpaint(float[] image, boolean[] made, int count, long seed) {
    return inpaint(image, made, count, seed, 1, 1, Optional.empty());
  }

  /**
   * Makes a part of an image anew by steps that are repeated, so that it suits the rest better.
   *
   * @param times how often each step is done, from 1 to 100: r in the paper
   * @param jump how many steps are repeated at a time, at least 1: j in the paper
   * @param label the class that the images are to be of, as of {@link #label}
   * @return as {@link #inpaint(float[], boolean[], int, long)}
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
   * Writes examples as {@code ddgan sample --out} does.
   *
   * @param examples {@code [N, ...shape]}
   * @param target a picture of all, {@code .png}; an array named {@code samples}, {@code .npz}; or
   *     a folder, for a picture of each
   * @throws IOException if they cannot be written; the message names the file
   */
  void write(float[] examples, Path target) throws IOException;

  /**
   * Writes a file that computes samples in other programs, as {@code ddgan export --to} does, and
   * replaces it if it exists.
   *
   * @param file its extension names the format: {@code .onnx}, or {@code .fb} of SameDiff
   * @return the dimensions of what it is given, by name, with -1 for the number of examples where
   *     that is free
   * @throws IOException if it cannot be written; the message names it
   */
  Map<String, List<Long>> export(Path file) throws IOException;

  /** Frees the native memory. */
  @Override
  void close();
}
