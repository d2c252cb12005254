package io.ddgan.train.data;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Encoded pictures for tests. */
final class PicturesOnDisk {

  private PicturesOnDisk() {}

  /** Returns a picture of one colour. */
  static byte[] plain(String format, int width, int height, Color colour) throws IOException {
    return encode(format, filled(width, height, colour));
  }

  /** Returns a picture with a left and a right half of different colours. */
  static byte[] halves(int width, int height, Color left, Color right) throws IOException {
    BufferedImage image = filled(width, height, right);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(left);
    graphics.fillRect(0, 0, width / 2, height);
    graphics.dispose();
    return encode("png", image);
  }

  /** Returns a greyscale picture of one level. */
  static byte[] grey(int size, int brightness) throws IOException {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < size * size; i++) {
      image.getRaster().setSample(i % size, i / size, 0, brightness);
    }
    return encode("png", image);
  }

  /** Returns a transparent picture of one colour. */
  static byte[] transparent(int size, Color colour) throws IOException {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < size * size; i++) {
      image.setRGB(i % size, i / size, colour.getRGB());
    }
    return encode("png", image);
  }

  /**
   * Returns a CMYK JPEG picture of one colour.
   *
   * @param inks inverted amounts of cyan, magenta, yellow and black, up to 255
   */
  static byte[] printed(int size, int... inks) throws IOException {
    WritableRaster pixels =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, size, size, inks.length, null);
    for (int i = 0; i < size * size; i++) {
      pixels.setPixel(i % size, i / size, inks);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(pixels, null, null), null);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage filled(int width, int height, Color colour) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return image;
  }

  private static byte[] encode(String format, BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IOException("no encoder for " + format);
    }
    return bytes.toByteArray();
  }
}
