package io.ddgan.train.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Encoded pictures that move, for tests. */
final class AnimatedPictures {

  private static final int SHOWN = 26;
  private static final int RIFF_HEADER = 12;

  private AnimatedPictures() {}

  /** A PNG file of two frames, each of one colour. */
  static byte[] png(int size, Color first, Color second) throws IOException {
    byte[] one = PicturesOnDisk.plain("png", size, size, first);
    byte[] two = PicturesOnDisk.plain("png", size, size, second);
    int data = chunk(one, "IDAT");
    int end = chunk(one, "IEND");
    int from = chunk(two, "IDAT");
    byte[] pixels = Arrays.copyOfRange(two, from + 8, chunk(two, "IEND") - 4);
    return together(
        Arrays.copyOf(one, data),
        chunk("acTL", ByteBuffer.allocate(8).putInt(2).array()),
        chunk("fcTL", frame(0, size)),
        Arrays.copyOfRange(one, data, end),
        chunk("fcTL", frame(1, size)),
        chunk("fdAT", together(new byte[] {0, 0, 0, 2}, pixels)),
        Arrays.copyOfRange(one, end, one.length));
  }

  private static byte[] frame(int number, int size) {
    return ByteBuffer.allocate(SHOWN).putInt(number).putInt(size).putInt(size).array();
  }

  /** Where a chunk of a PNG file begins, with its length. */
  private static int chunk(byte[] png, String type) {
    return new String(png, ISO_8859_1).indexOf(type) - 4;
  }

  private static byte[] chunk(String type, byte[] content) {
    byte[] checked = together(type.getBytes(US_ASCII), content);
    CRC32 checksum = new CRC32();
    checksum.update(checked);
    return ByteBuffer.allocate(8 + checked.length)
        .putInt(content.length)
        .put(checked)
        .putInt((int) checksum.getValue())
        .array();
  }

  /**
   * A WebP file of two frames.
   *
   * @param still a picture of 4x4 pixels, each of which they are
   */
  static byte[] webp(byte[] still) {
    byte[] pixels = Arrays.copyOfRange(still, RIFF_HEADER, still.length);
    byte[] frame =
        riff(
            "ANMF",
            together(new byte[] {0, 0, 0, 0, 0, 0, 3, 0, 0, 3, 0, 0, 100, 0, 0, 0}, pixels));
    return riff(
        "RIFF",
        together(
            "WEBP".getBytes(US_ASCII),
            riff("VP8X", new byte[] {2, 0, 0, 0, 3, 0, 0, 3, 0, 0}),
            riff("ANIM", new byte[6]),
            frame,
            frame));
  }

  private static byte[] riff(String type, byte[] content) {
    return ByteBuffer.allocate(8 + content.length + content.length % 2)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(type.getBytes(US_ASCII))
        .putInt(content.length)
        .put(content)
        .array();
  }

  private static byte[] together(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
