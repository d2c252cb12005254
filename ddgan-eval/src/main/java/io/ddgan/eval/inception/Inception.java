package io.ddgan.eval.inception;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.FeatureExtractor;
import io.ddgan.api.Features;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The Inception network (Szegedy et al., 2016) with the weights of 2015-12-05 that the Inception
 * Score (Salimans et al., 2016) and the Fréchet Inception Distance (Heusel et al., 2017) are
 * defined by, as <a href="https://github.com/mseitzer/pytorch-fid">pytorch-fid</a> computes it.
 *
 * <p>Images of any size, in [-1, 1], grey or in colour, are resized to 299x299 bilinearly. The
 * features are the 2048 averages of the last maps. The probabilities are those of 1008 classes,
 * without the bias of the last layer, because the original code of the Inception Score leaves it
 * out: its values can only be compared with others when all do.
 *
 * @param weights a file with the tensors of pytorch-fid: {@code .pth}, {@code .safetensors} or
 *     {@code .npz}
 * @param batch images at a time
 */
public record Inception(
    @Key("file of the published weights") Optional<Path> weights,
    @Key(value = "images at a time; memory grows with it", min = 1, max = 1024) int batch)
    implements FeatureExtractor {

  private static final String HOW_TO_GET =
      "download pt_inception-2015-12-05-6726825d.pth from"
          + " https://github.com/mseitzer/pytorch-fid/releases (tag fid_weights) and set"
          + " evaluation.features.weights = FILE";

  @Override
  public OptionalInt check(DataShape shape, Optional<Examples> real) throws IOException {
    requireColours(shape);
    InceptionWeights.check(file());
    return OptionalInt.of(InceptionNetwork.CLASSES);
  }

  @Override
  public Features open(DataShape shape, Optional<Examples> real, Path cache) throws IOException {
    requireColours(shape);
    return new InceptionFeatures(InceptionWeights.read(file()), shape, batch);
  }

  private static void requireColours(DataShape shape) {
    if (!shape.isImage() || (shape.channels() != 1 && shape.channels() != 3)) {
      throw new RefusedException(
          "inception needs images of 1 or 3 channels, not data of the shape " + shape);
    }
  }

  private Path file() throws IOException {
    Path file =
        weights.orElseThrow(() -> new IOException("inception needs its weights: " + HOW_TO_GET));
    if (!Files.exists(file)) {
      throw new IOException(
          "the weights of inception, %s, do not exist: %s".formatted(file, HOW_TO_GET));
    }
    return file;
  }
}
