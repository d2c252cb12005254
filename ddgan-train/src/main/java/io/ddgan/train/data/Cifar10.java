package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
import io.ddgan.config.Key;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * CIFAR-10 (Krizhevsky, 2009) in its binary version: 50,000 colour images of 32x32 pixels in ten
 * classes, scaled to [-1, 1].
 */
public record Cifar10(
    @Key("folder with data_batch_1.bin to data_batch_5.bin of the binary version") Path folder,
    @Key("whether to flip training images horizontally with probability 1/2") boolean flip)
    implements Dataset {

  private static final int FILES = 5;
  private static final int PER_FILE = 10_000;
  private static final int SIDE = 32;
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
  private static final DataShape SHAPE = DataShape.image(3, SIDE, SIDE);
  private static final int RECORD = 1 + SHAPE.size();

  @Override
  public Optional<DataShape> shape() {
    return Optional.of(SHAPE);
  }

  @Override
  public int classes() {
    return CLASSES.size();
  }

  @Override
  public OpenDataset open() throws IOException {
    List<Path> files =
        IntStream.rangeClosed(1, FILES)
            .mapToObj(i -> folder.resolve("data_batch_" + i + ".bin"))
            .toList();
    List<DataFile> opened = new ArrayList<>();
    byte[] labels = new byte[FILES * PER_FILE];
    for (Path file : files) {
      if (Files.notExists(file)) {
        throw new FileNotFoundException(
            "%s is missing; set data.folder to the folder of CIFAR-10's binary version, with data_batch_1.bin to data_batch_5.bin"
                .formatted(file));
      }
      DataFile data = DataFile.open(file);
      readLabels(data, labels, opened.size() * PER_FILE);
      opened.add(data);
    }
    return new CifarImages(
        List.copyOf(opened), Optional.of(Labels.named(CLASSES, i -> labels[i])), flip);
  }

  private static void readLabels(DataFile file, byte[] labels, int first) throws IOException {
    if (file.size() != PER_FILE * RECORD) {
      throw new IOException(
          "%s has %,d bytes instead of the %,d of a file of CIFAR-10's binary version; fetch it again"
              .formatted(file.name(), file.size(), PER_FILE * RECORD));
    }
    for (int i = 0; i < PER_FILE; i++) {
      byte label = file.bytes().get(i * RECORD);
      if (label < 0 || label >= CLASSES.size()) {
        throw new IOException(
            "%s has the label %d at image %d, but there are %d classes; fetch it again"
                .formatted(file.name(), Byte.toUnsignedInt(label), i, CLASSES.size()));
      }
      labels[first + i] = label;
    }
  }

  private record CifarImages(List<DataFile> files, Optional<Labels> labels, boolean isMirrorable)
      implements OpenDataset {

    @Override
    public DataShape shape() {
      return SHAPE;
    }

    @Override
    public int size() {
      return FILES * PER_FILE;
    }

    @Override
    public void read(int index, float[] out, int offset) throws IOException {
      Objects.checkIndex(index, size());
      byte[] record = files.get(index / PER_FILE).read(index % PER_FILE * RECORD, RECORD);
      Pixels.scale(record, 1, out, offset, SHAPE.size());
    }
  }
}
