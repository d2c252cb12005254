package io.ddgan.train.data;

import io.ddgan.train.file.FileErrors;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Grey images in the IDX format of MNIST, one byte a pixel. */
final class IdxImages {

  private static final int MAGIC = 0x0803; // unsigned bytes in three dimensions
  private static final int BUFFER = 1 << 16;

  private final int height;
  private final int width;
  private final byte[] pixels;

  private IdxImages(int height, int width, byte[] pixels) {
    this.height = height;
    this.width = width;
    this.pixels = pixels;
  }

  /** Reads a file, which is compressed if its name ends with {@code .gz}. */
  static IdxImages read(Path file) throws IOException {
    InputStream in;
    try {
      in = Files.newInputStream(file);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
    try (in) {
      return read(in, file.toString().endsWith(".gz"), file.toString());
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param name stands for the stream in error messages
   */
  static IdxImages read(InputStream stream, boolean gzip, String name) throws IOException {
    try {
      DataInputStream in =
          new DataInputStream(
              gzip ? new GZIPInputStream(stream, BUFFER) : new BufferedInputStream(stream, BUFFER));
      return parse(in, name);
    } catch (EOFException e) {
      throw new IOException(name + " is truncated; fetch it again", e);
    } catch (ZipException e) {
      throw new IOException(
          name + " is not an intact gzip file (" + e.getMessage() + "); fetch it again", e);
    } catch (BadIdxException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("cannot read " + name + ": " + e.getMessage(), e);
    }
  }

  private static IdxImages parse(DataInputStream in, String name) throws IOException {
    int magic = in.readInt();
    if (magic != MAGIC) {
      throw new BadIdxException(
          "%s is not an IDX file of images: it begins with %08x, not %08x"
              .formatted(name, magic, MAGIC));
    }
    int count = in.readInt();
    int height = in.readInt();
    int width = in.readInt();
    int size = size(count, height, width);
    if (size < 1) {
      throw new BadIdxException(
          "%s announces %d images of %dx%d pixels, which cannot be; fetch it again"
              .formatted(name, count, height, width));
    }
    byte[] pixels = in.readNBytes(size);
    if (pixels.length < size) {
      throw new EOFException();
    }
    if (in.read() != -1) {
      throw new BadIdxException(
          "%s goes on after the %d images that it announces; fetch it again"
              .formatted(name, count));
    }
    return new IdxImages(height, width, pixels);
  }

  private static int size(int count, int height, int width) {
    if (count < 1 || height < 1 || width < 1) {
      return -1;
    }
    try {
      return Math.multiplyExact(count, Math.multiplyExact(height, width));
    } catch (ArithmeticException e) {
      return -1;
    }
  }

  int count() {
    return pixels.length / (height * width);
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  /** A pixel's brightness, from 0 for black to 255 for white. */
  int pixel(int image, int row, int column) {
    return Byte.toUnsignedInt(pixels[(image * height + row) * width + column]);
  }

  private static final class BadIdxException extends IOException {

    BadIdxException(String message) {
      super(message);
    }
  }
}
