package io.ddgan.cli.options;

import io.ddgan.train.sampling.Resampling;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A picture that examples are made of, all or a part of it. */
public final class PictureOptions {

  @Option(
      names = "--from-image",
      paramLabel = "FILE",
      description =
          "Begin with this picture instead of pure noise: diffuse it to a step and denoise it"
              + " (--at-step), or generate a part of it (--mask).")
  private Optional<Path> picture = Optional.empty();

  @Option(
      names = "--at-step",
      paramLabel = "K",
      description = "The step to which --from-image diffuses, from 1 to T.")
  private Optional<Integer> step = Optional.empty();

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      description =
          "Which part of --from-image is generated, by the method RePaint: a picture of its size, white"
              + " there and black elsewhere, or opaque there and transparent elsewhere.")
  private Optional<Path> mask = Optional.empty();

  @Option(
      names = "--resample",
      paramLabel = "N",
      description =
          "With --mask: do each step N times, diffusing back in between, so that what is made"
              + " suits the rest better (default: 1; the paper does 10).")
  private Optional<Integer> times = Optional.empty();

  @Option(
      names = "--jump",
      paramLabel = "J",
      description = "With --resample: repeat J steps at a time (default: 1).")
  private Optional<Integer> jump = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Checks that they go together. */
  public void check() {
    require(mask.isEmpty() || picture.isPresent(), "--mask goes with --from-image");
    require(
        picture.isPresent() == (step.isPresent() || mask.isPresent()),
        "--from-image goes with --at-step or --mask");
    require(step.isEmpty() || mask.isEmpty(), "--at-step and --mask are two ways; give one");
    require(times.isEmpty() || mask.isPresent(), "--resample goes with --mask");
    require(jump.isEmpty() || times.orElse(1) > 1, "--jump goes with --resample of 2 or more");
    int asked = times.orElse(1);
    require(
        asked >= 1 && asked <= Resampling.MOST,
        "--resample must be from 1 to %d, not %d".formatted(Resampling.MOST, asked));
    Usage.requireAtLeast(1, command, "--jump", jump.orElse(1));
  }

  private void require(boolean isRight, String message) {
    Usage.require(command, isRight, message);
  }

  /** The picture, if there is one. */
  public Optional<Path> picture() {
    return picture;
  }

  /** The step that the whole picture is diffused to, if it is. */
  public Optional<Integer> step() {
    return step;
  }

  /** The mask, if there is one. */
  public Optional<Path> mask() {
    return mask;
  }

  /** How often steps are repeated. */
  public Resampling resampling() {
    return new Resampling(times.orElse(1), jump.orElse(1));
  }
}
