package io.ddgan.train.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Intact and damaged files in the IDX format, for tests. */
final class Idx {

  private Idx() {}

  /** Returns black images with a number of bytes independent of the header. */
  static byte[] images(int magic, int count, int height, int width, int pixels) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + pixels);
    return bytes.putInt(magic).putInt(count).putInt(height).putInt(width).array();
  }

  /** Returns labels. */
  static byte[] labels(int... labels) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + labels.length);
    bytes.putInt(0x0801).putInt(labels.length);
    for (int label : labels) {
      bytes.put((byte) label);
    }
    return bytes.array();
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    }
    return compressed.toByteArray();
  }
}
