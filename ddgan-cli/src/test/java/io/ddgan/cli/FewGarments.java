package io.ddgan.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A tiny replacement of Fashion-MNIST, fast to open. */
public final class FewGarments {

  /** Number of images. */
  public static final int COUNT = 300;

  private static final int CLASSES = 10;
  private static final int SIDE = 28;
  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;

  private FewGarments() {}

  /**
   * Writes bright squares on noise, at positions that depend on the class.
   *
   * @return the override to train on them
   */
  public static String write(Path folder) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + COUNT * SIDE * SIDE);
    images.putInt(IMAGES).putInt(COUNT).putInt(SIDE).putInt(SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + COUNT).putInt(LABELS).putInt(COUNT);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < COUNT; i++) {
      int label = i % CLASSES;
      labels.put((byte) label);
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          boolean isSquare = x / 6 == label % 5 && y / 14 == label / 5;
          images.put((byte) random.nextInt(isSquare ? 160 : 0, isSquare ? 256 : 96));
        }
      }
    }
    Files.createDirectories(folder);
    Files.write(folder.resolve("train-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels.array());
    return "data.folder=" + folder;
  }
}
