package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.internal.file.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file with a picture: PNG, JPEG, BMP, GIF or WebP. */
public final class ImageFile {

  private ImageFile() {}

  /**
   * Reads a picture as an example: the short side is resized, the long one cropped in the middle.
   *
   * @param shape shape of the example, a square image of 1 or 3 channels
   * @param out receives the values in [-1, 1], {@code [C, H, W]}
   * @param offset where the first value goes
   * @throws IOException if it is not a picture, or damaged; the message names it
   */
  public static void read(Path file, DataShape shape, float[] out, int offset) throws IOException {
    picture(file).square(shape.height()).write(shape.channels(), out, offset);
  }

  /**
   * The same, and what became of the picture.
   *
   * @return how it was changed to be an example, in a sentence without a full stop; empty if it had
   *     an example's size and colours
   */
  public static Optional<String> fit(Path file, DataShape shape, float[] out) throws IOException {
    Picture picture = picture(file);
    picture.square(shape.height()).write(shape.channels(), out, 0);
    return picture.change(file.toString(), shape);
  }

  /** The length of a picture's short side in pixels. */
  static int side(Path file) throws IOException {
    return picture(file).side();
  }

  static Picture picture(Path file) throws IOException {
    return Picture.decode(bytes(file), file.toString());
  }

  /** Where a picture is opaque; what it shows if it is opaque all over. */
  static Picture coverage(Path file) throws IOException {
    return Picture.coverage(bytes(file), file.toString());
  }

  private static byte[] bytes(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }
}
