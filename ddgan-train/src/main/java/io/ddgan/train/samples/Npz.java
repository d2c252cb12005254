package io.ddgan.train.samples;

import io.ddgan.api.DataShape;
import io.ddgan.train.file.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes examples as NumPy reads them: {@code numpy.load(file)["samples"]}. */
public final class Npz {

  // The first day of the ZIP format itself would be stored with the time zone.
  private static final LocalDateTime ANY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;
  private static final int BUFFER = 1 << 14;

  private Npz() {}

  /**
   * Writes the array {@code samples}; the same values always give the same bytes.
   *
   * @param shape shape of one example
   * @param samples the examples one after the other, {@code [N, ...shape]}
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, DataShape shape, float[] samples) throws IOException {
    if (samples.length % shape.size() != 0) {
      throw new IllegalArgumentException(
          samples.length + " values are not a number of examples of shape " + shape);
    }
    byte[] header = header(shape.batch(samples.length / shape.size()));
    CheckedOutputStream checked =
        new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
    writeArray(header, samples, checked);
    ZipEntry entry = new ZipEntry("samples.npy");
    entry.setTimeLocal(ANY_TIME);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(header.length + (long) Float.BYTES * samples.length);
    entry.setCrc(checked.getChecksum().getValue());
    AtomicFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          zip.putNextEntry(entry);
          writeArray(header, samples, zip);
          zip.closeEntry();
          zip.finish();
        });
  }

  private static byte[] header(long[] shape) {
    String sizes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }".formatted(sizes);
    int start = MAGIC.length + Short.BYTES;
    int length = (start + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
    String padded = text + " ".repeat(length - start - text.length() - 1) + "\n";
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) padded.length())
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private static void writeArray(byte[] header, float[] values, OutputStream out)
      throws IOException {
    out.write(header);
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int start = 0; start < values.length; start += BUFFER) {
      int count = Math.min(BUFFER, values.length - start);
      bytes.asFloatBuffer().put(values, start, count);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }
}
