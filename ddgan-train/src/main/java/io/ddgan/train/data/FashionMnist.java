package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.OpenDataset;
import io.ddgan.config.Key;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Fashion-MNIST (Xiao, Rasul, Vollgraf, 2017): 28x28 grey images of garments in ten classes, padded
 * with black and scaled to [-1, 1]. The 60,000 training images are read from the configured folder,
 * or from where Debian's package {@code dataset-fashion-mnist} installs them. Without either, the
 * 10,000 test images bundled with this module are used.
 */
public record FashionMnist(
    @Key("folder with train-images-idx3-ubyte, plain or .gz; default: an installed copy")
        Optional<Path> folder,
    @Key(
            value = "height and width in pixels; the 28x28 images are padded",
            min = IdxSet.SIDE,
            max = 1024)
        int size)
    implements Dataset {

  private static final List<String> GARMENTS =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private static final Path INSTALLED = Path.of("/usr/share/datasets/fashion-mnist");
  private static final String BUNDLED_IMAGES = "fashion-mnist/t10k-images-idx3-ubyte.gz";
  private static final String BUNDLED_LABELS = "fashion-mnist/t10k-labels-idx1-ubyte.gz";

  @Override
  public Optional<DataShape> shape() {
    return Optional.of(DataShape.image(1, size, size));
  }

  @Override
  public int classes() {
    return GARMENTS.size();
  }

  @Override
  public OpenDataset open() throws IOException {
    return open(INSTALLED);
  }

  OpenDataset open(Path installed) throws IOException {
    IdxSet set =
        new IdxSet(
            "Fashion-MNIST",
            GARMENTS,
            size,
            "set data.folder to a folder with these files, or remove the key");
    if (folder.isPresent()) {
      return set.open(folder.get());
    }
    return IdxSet.isIn(installed)
        ? set.open(installed)
        : set.open(FashionMnist.class, BUNDLED_IMAGES, BUNDLED_LABELS);
  }
}
