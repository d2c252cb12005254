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
 * MNIST (LeCun et al., 1998): 28x28 grey images of handwritten digits, padded with black and scaled
 * to [-1, 1].
 */
public record Mnist(
    @Key("folder with train-images-idx3-ubyte and train-labels-idx1-ubyte, plain or .gz")
        Path folder,
    @Key(
            value = "height and width in pixels; the 28x28 images are padded",
            min = IdxSet.SIDE,
            max = 1024)
        int size)
    implements Dataset {

  private static final List<String> DIGITS =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  @Override
  public Optional<DataShape> shape() {
    return Optional.of(DataShape.image(1, size, size));
  }

  @Override
  public int classes() {
    return DIGITS.size();
  }

  @Override
  public OpenDataset open() throws IOException {
    return new IdxSet("MNIST", DIGITS, size, "set data.folder to a folder with these files")
        .open(folder);
  }
}
