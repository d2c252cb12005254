package io.ddgan.train.data;

import io.ddgan.api.Examples;
import io.ddgan.api.Labels;
import io.ddgan.train.data.IdxFile.Content;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.function.IOSupplier;

/** The files of MNIST, which other data sets share: 28x28 grey images of a few classes. */
final class IdxSet {

  static final int SIDE = 28;

  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  private final String name;
  private final List<String> classes;
  private final int size;
  private final String advice;

  /**
   * A data set.
   *
   * @param name what error messages call it
   * @param classes names of the classes
   * @param size height and width to which the images are padded, in pixels
   * @param advice what to do where the files are not
   */
  IdxSet(String name, List<String> classes, int size, String advice) {
    this.name = name;
    this.classes = List.copyOf(classes);
    this.size = size;
    this.advice = advice;
  }

  /** Whether a folder has a file of images, or one that may not be seen. */
  static boolean isIn(Path folder) {
    return find(folder, IMAGES).isPresent();
  }

  /** Opens the training images of a folder, plain or compressed, and their labels if there are. */
  Examples open(Path folder) throws IOException {
    Path file = find(folder, IMAGES).orElseThrow(() -> missing(folder));
    Optional<Path> labels = find(folder, LABELS);
    return examples(
        IdxFile.open(file, Content.IMAGES),
        () ->
            labels.isPresent()
                ? Optional.of(IdxFile.open(labels.get(), Content.LABELS))
                : Optional.empty());
  }

  /** Opens compressed resources beside a class. */
  Examples open(Class<?> owner, String images, String labels) throws IOException {
    return examples(
        resource(owner, images, Content.IMAGES),
        () -> Optional.of(resource(owner, labels, Content.LABELS)));
  }

  private static IdxFile resource(Class<?> owner, String name, Content content) throws IOException {
    try (InputStream in = owner.getResourceAsStream(name)) {
      return IdxFile.unpack(in, name, content);
    }
  }

  private static Optional<Path> find(Path folder, String file) {
    return List.of(file, file + ".gz").stream()
        .map(folder::resolve)
        .filter(path -> !Files.notExists(path)) // what may not be seen is an error when read
        .findFirst();
  }

  private IOException missing(Path folder) {
    String text =
        Files.isDirectory(folder)
            ? "%s contains neither %s nor %s"
            : "%s is not a folder with %s or %s";
    return new FileNotFoundException(
        text.formatted(folder, IMAGES, IMAGES + ".gz") + "; " + advice);
  }

  /** Takes over the images; closes them if they cannot be used. */
  private Examples examples(IdxFile images, IOSupplier<Optional<IdxFile>> file) throws IOException {
    try {
      if (images.height() != SIDE || images.width() != SIDE) {
        throw new IOException(
            "%s has images of %dx%d pixels, not 28x28 as %s does"
                .formatted(images.name(), images.height(), images.width(), name));
      }
      Optional<IdxFile> labels = file.get();
      Optional<Labels> assigned =
          labels.isPresent() ? Optional.of(read(labels.get(), images)) : Optional.empty();
      System.getLogger(IdxSet.class.getName())
          .log(Level.INFO, "Reading " + name + " from " + images.name());
      return new PaddedImages(images, assigned, size);
    } catch (IOException e) {
      images.close();
      throw e;
    }
  }

  private Labels read(IdxFile file, IdxFile images) throws IOException {
    try (file) {
      if (file.count() != images.count()) {
        throw new IOException(
            "%s has %d labels, but %s has %d images; fetch both again"
                .formatted(file.name(), file.count(), images.name(), images.count()));
      }
      byte[] labels = file.records();
      for (byte label : labels) {
        if (Byte.toUnsignedInt(label) >= classes.size()) {
          throw new IOException(
              "%s has the label %d, but there are %d classes"
                  .formatted(file.name(), Byte.toUnsignedInt(label), classes.size()));
        }
      }
      return Labels.named(classes, index -> labels[index]);
    }
  }
}
