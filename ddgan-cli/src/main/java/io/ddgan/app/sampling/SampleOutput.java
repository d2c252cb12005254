package io.ddgan.app.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.ProgressListener;
import io.ddgan.api.RefusedException;
import io.ddgan.internal.weights.Npz;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.picture.SampleRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The target of samples: one picture, an array, or a folder of pictures.
 *
 * @param grid true to write one picture of all in addition to an array or a folder
 */
record SampleOutput(Path target, DataShape shape, boolean grid) {

  /** Extensions of unsupported files, which are not taken as names of folders. */
  private static final Pattern OTHER_FORMAT =
      Pattern.compile("\\.(jpe?g|gif|webp|bmp|tiff?|svg|pdf|npy|csv|json|pth?|safetensors|zip)$");

  /**
   * Checks that samples of a shape can be written to a target.
   *
   * @param count number of samples
   * @throws RefusedException if they cannot
   */
  static SampleOutput to(Path target, DataShape shape, int count, boolean grid) {
    SampleOutput output = new SampleOutput(target, shape, grid);
    if (output.isFolder()
        && OTHER_FORMAT.matcher(output.name()).find()
        && !Files.isDirectory(target)) {
      throw new RefusedException(
          "%s has an unsupported extension; use .png, .npz or a folder".formatted(target));
    }
    if (output.isFolder() && !shape.isImage()) {
      throw new RefusedException(
          "%s cannot be a folder of pictures, as the samples are points; use .png or .npz"
              .formatted(target));
    }
    if ((!output.isArray() || grid) && !SampleRenderer.canShow(shape)) {
      throw new RefusedException("samples of shape %s cannot be shown; use .npz".formatted(shape));
    }
    if (output.picture().isPresent()) {
      SampleRenderer.plain(shape).requireRoom(count);
    }
    return output;
  }

  /**
   * Writes samples.
   *
   * @param first index of the first sample; the pictures of a folder are named by the index
   */
  void write(float[] samples, int first, Setup setup, ProgressListener listener)
      throws IOException {
    if (isArray() || isFolder()) {
      writeApart(samples, first);
    }
    if (picture().isPresent()) {
      pictures(setup, shape, listener).write(samples, picture().get());
    }
  }

  /** Returns lines that name the files and their contents. */
  List<String> lines(String what, Sampling sampling) {
    return Stream.concat(
            isArray() || isFolder() ? Stream.of(target) : Stream.empty(), picture().stream())
        .map(file -> "%s from step %,d: %s".formatted(what, sampling.generator().step(), file))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Writes the array or the folder. */
  void writeApart(float[] samples, int first) throws IOException {
    int size = shape.size();
    if (isArray()) {
      long[] sizes = shape.batch(samples.length / size);
      Tensor batch = Tensor.of(Arrays.stream(sizes).boxed().toList(), samples);
      Npz.write(target, Map.of("samples", batch));
      return;
    }
    SampleRenderer pictures = SampleRenderer.plain(shape);
    for (int i = 0; i < samples.length / size; i++) {
      pictures.writeOne(
          Arrays.copyOfRange(samples, i * size, (i + 1) * size),
          target.resolve("%06d.png".formatted(first + i)));
    }
  }

  /** Returns the one picture of all samples, if wanted. */
  Optional<Path> picture() {
    if (name().endsWith(".png")) {
      return Optional.of(target);
    }
    String picture = target.toString().replaceFirst("(?i)\\.npz$", "") + ".png";
    return grid ? Optional.of(Path.of(picture)) : Optional.empty();
  }

  private String name() {
    return target.toString().toLowerCase(Locale.ROOT);
  }

  boolean isArray() {
    return name().endsWith(".npz");
  }

  boolean isFolder() {
    return !isArray() && !name().endsWith(".png");
  }

  /**
   * Returns the renderer for an experiment's data; that of points also shows some of the data, if
   * they can be read.
   */
  static SampleRenderer pictures(Setup setup, DataShape shape, ProgressListener listener) {
    if (!shape.isImage()) {
      try (OpenDataset data = setup.open()) {
        return SampleRenderer.of(data);
      } catch (IOException e) {
        listener.onMessage("note: the picture shows no data: " + e.getMessage());
      }
    }
    return SampleRenderer.plain(shape);
  }
}
