package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.internal.file.FileErrors;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import net.coobird.thumbnailator.makers.FixedSizeThumbnailMaker;
import net.coobird.thumbnailator.resizers.DefaultResizerFactory;

/** A PNG, JPEG, BMP, GIF or WebP picture of any size, to be resized to an example. */
public final class Picture {

  /** Maximum height and width of an example in pixels. */
  static final int LARGEST = 8192;

  private static final int CHANNELS = 3;

  /** The pixels as bytes in BGR order. */
  private final BufferedImage image;

  private Picture(BufferedImage image) {
    this.image = image;
  }

  /**
   * Reads a picture.
   *
   * @throws IOException if the file is not a picture, or damaged; the message names it
   */
  public static Picture read(Path file) throws IOException {
    return decode(bytes(file), file.toString());
  }

  /**
   * Reads the alpha channel of a picture as grey levels; the picture itself if it is all opaque.
   */
  static Picture coverage(Path file) throws IOException {
    return decode(bytes(file), file.toString(), Picture::coverage);
  }

  private static byte[] bytes(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  /**
   * Decodes a picture.
   *
   * @throws IOException if the bytes are not a picture of a known format, or are damaged
   */
  static Picture decode(byte[] bytes, String name) throws IOException {
    return decode(bytes, name, Picture::colour);
  }

  private static Picture decode(byte[] bytes, String name, UnaryOperator<BufferedImage> form)
      throws IOException {
    // ImageIO's stream would create a temporary file for each picture.
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("unknown format");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return new Picture(form.apply(reader.read(0)));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) { // thrown for damaged files
      throw new IOException(
          "%s cannot be decoded (%s); replace or remove it"
              .formatted(name, Optional.ofNullable(e.getMessage()).orElse("damaged or truncated")),
          e);
    }
  }

  /** Creates a square picture from bytes {@code [side, side, 3]} in RGB order. */
  static Picture raw(byte[] bytes, int side) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
    byte[] swapped = bytes(image);
    for (int i = 0; i < bytes.length; i += CHANNELS) {
      for (int c = 0; c < CHANNELS; c++) {
        swapped[i + c] = bytes[i + CHANNELS - 1 - c];
      }
    }
    return new Picture(image);
  }

  /** Returns the size in words. */
  String size() {
    return "%dx%d pixels".formatted(image.getWidth(), image.getHeight());
  }

  /**
   * Resizes the short side and centre-crops the long one to make a square example.
   *
   * @param shape shape of the example, a square image of 1 or 3 channels
   * @param out receives the values in [-1, 1], {@code [C, H, W]}
   */
  public void fit(DataShape shape, float[] out, int offset) {
    square(shape.height()).write(shape.channels(), out, offset);
  }

  /** Describes how the picture is cropped and resized to a square example, without a full stop. */
  public Optional<String> change(String name, DataShape shape) {
    int side = shape.height();
    if (image.getWidth() == side && image.getHeight() == side) {
      return Optional.empty();
    }
    String cropped = image.getWidth() == image.getHeight() ? "" : "centre-cropped and ";
    return Optional.of(
        "%s is %s; it is %sresized to %dx%d".formatted(name, size(), cropped, side, side));
  }

  /** Returns the length of the short side in pixels. */
  int side() {
    return Math.min(image.getWidth(), image.getHeight());
  }

  /** Resizes the short side and centre-crops the long one. */
  Picture square(int side) {
    BufferedImage resized = resize(side);
    if (resized.getWidth() == side && resized.getHeight() == side) {
      return new Picture(resized);
    }
    BufferedImage square = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
    draw(resized, square, (side - resized.getWidth()) / 2, (side - resized.getHeight()) / 2);
    return new Picture(square);
  }

  private BufferedImage resize(int side) {
    int width = image.getWidth();
    int height = image.getHeight();
    if (Math.min(width, height) == side) {
      return image;
    }
    double factor = (double) side / Math.min(width, height);
    return new FixedSizeThumbnailMaker(
            Math.max(side, (int) Math.round(width * factor)),
            Math.max(side, (int) Math.round(height * factor)),
            false,
            true)
        .resizerFactory(DefaultResizerFactory.getInstance())
        .imageType(BufferedImage.TYPE_3BYTE_BGR)
        .make(image);
  }

  /**
   * Writes the picture as planes scaled to [-1, 1].
   *
   * @param channels 3 for red, green and blue; 1 for the luminance of ITU-R BT.601
   */
  void write(int channels, float[] out, int offset) {
    byte[] bytes = bytes(image);
    int pixels = image.getWidth() * image.getHeight();
    for (int p = 0; p < pixels; p++) {
      float blue = Pixels.scale(bytes[CHANNELS * p]);
      float green = Pixels.scale(bytes[CHANNELS * p + 1]);
      float red = Pixels.scale(bytes[CHANNELS * p + 2]);
      if (channels == 1) {
        out[offset + p] = 0.299f * red + 0.587f * green + 0.114f * blue;
      } else {
        out[offset + p] = red;
        out[offset + pixels + p] = green;
        out[offset + 2 * pixels + p] = blue;
      }
    }
  }

  private static BufferedImage colour(BufferedImage image) {
    BufferedImage colour =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    if (isGrey(image)) {
      copyGrey(image.getRaster(), bytes(colour));
    } else {
      draw(image, colour, 0, 0);
    }
    return colour;
  }

  private static BufferedImage coverage(BufferedImage image) {
    BufferedImage levels =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    boolean isOpaque = true;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int opacity = image.getRGB(x, y) >>> 24;
        isOpaque &= opacity == 255;
        levels.setRGB(x, y, opacity * 0x010101);
      }
    }
    return isOpaque ? colour(image) : levels;
  }

  private static boolean isGrey(BufferedImage image) {
    return !(image.getColorModel() instanceof IndexColorModel)
        && image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  /** Keeps grey levels: Java would convert them from a linear colour space and brighten them. */
  private static void copyGrey(Raster raster, byte[] colour) {
    int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - Byte.SIZE);
    int[] row = new int[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, row.length, 1, 0, row);
      for (int x = 0; x < row.length; x++) {
        for (int c = 0; c < CHANNELS; c++) {
          colour[(y * row.length + x) * CHANNELS + c] = (byte) (row[x] >> shift);
        }
      }
    }
  }

  private static void draw(BufferedImage from, BufferedImage to, int x, int y) {
    Graphics2D graphics = to.createGraphics();
    graphics.drawImage(from, x, y, null);
    graphics.dispose();
  }

  private static byte[] bytes(BufferedImage image) {
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }
}
