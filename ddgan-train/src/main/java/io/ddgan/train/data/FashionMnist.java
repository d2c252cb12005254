package io.ddgan.train.data;

import io.ddgan.api.Dataset;
import io.ddgan.api.Examples;
import io.ddgan.config.Key;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Fashion-MNIST (Xiao, Rasul, Vollgraf, 2017): 28x28 grey images of garments, padded with black and
 * scaled to [-1, 1]. The 60,000 training images are read from the configured folder, else from
 * where Debian's package {@code dataset-fashion-mnist} puts them; if neither is there, the 10,000
 * test images that come with this module are used.
 *
 * @param folder folder that holds {@code train-images-idx3-ubyte}, plain or with {@code .gz}
 * @param size height and width after padding, in pixels
 */
public record FashionMnist(
    @Key("folder with train-images-idx3-ubyte, plain or .gz; an installed copy if not given")
        Optional<Path> folder,
    @Key(
            value = "height and width to which the 28x28 images are padded, in pixels",
            min = FashionMnist.SIDE,
            max = 1024)
        int size)
    implements Dataset {

  static final int SIDE = 28;

  private static final Path INSTALLED = Path.of("/usr/share/datasets/fashion-mnist");
  private static final String FILE = "train-images-idx3-ubyte";
  private static final String BUNDLED = "fashion-mnist/t10k-images-idx3-ubyte.gz";

  @Override
  public Examples open() throws IOException {
    return open(INSTALLED);
  }

  Examples open(Path installed) throws IOException {
    if (folder.isPresent()) {
      Path file = find(folder.get()).orElseThrow(() -> missing(folder.get()));
      return images(IdxImages.read(file), file.toString());
    }
    Optional<Path> file = find(installed);
    return file.isPresent()
        ? images(IdxImages.read(file.get()), file.get().toString())
        : images(bundled(), "the 10,000 test images that come with ddgan");
  }

  private static Optional<Path> find(Path folder) {
    return List.of(FILE, FILE + ".gz").stream()
        .map(folder::resolve)
        .filter(file -> !Files.notExists(file)) // what may not be seen is an error when read
        .findFirst();
  }

  private static IOException missing(Path folder) {
    return new IOException(
        folder
            + (Files.isDirectory(folder) ? " contains neither " : " is no folder with ")
            + FILE
            + (Files.isDirectory(folder) ? " nor " : " or ")
            + FILE
            + ".gz; set data.folder to the folder that does, or leave it out");
  }

  private static IdxImages bundled() throws IOException {
    try (InputStream resource = FashionMnist.class.getResourceAsStream(BUNDLED)) {
      return IdxImages.read(resource, true, BUNDLED);
    }
  }

  private Examples images(IdxImages images, String source) throws IOException {
    if (images.height() != SIDE || images.width() != SIDE) {
      throw new IOException(
          "%s has images of %dx%d pixels, not 28x28 as Fashion-MNIST does"
              .formatted(source, images.height(), images.width()));
    }
    System.getLogger(FashionMnist.class.getName())
        .log(Level.INFO, "Reading Fashion-MNIST from " + source);
    return new PaddedImages(images, size);
  }
}
