package io.ddgan.api;

/**
 * The network G(x_{t+1}, z, t) that models one large denoising step (Xiao et al., 2022, section
 * 3.2). Its inputs are those that the objective gives it, of these:
 *
 * <ul>
 *   <li>{@link Inputs#noisier()}: x_{t+1}, {@code [N, ...shape]}
 *   <li>{@link Inputs#time()}: the cleaner time t of each example as a real number in [0, T - 1],
 *       {@code [N]}
 *   <li>{@link Inputs#latent()}: standard normal latent vectors z, {@code [N, latentSize]}
 *   <li>{@link Inputs#label()}: the class of each example, {@code [N, classes]}, where the data has
 *       classes
 * </ul>
 *
 * The output has the shape of x_{t+1}; a {@link ReverseStep} says what it means.
 */
public interface Generator extends Network {

  /** Length of the latent vector z of one example, at least 1. */
  int latentSize();
}
