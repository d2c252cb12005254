package io.ddgan.internal.weights;

import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.FileContent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes ZIP archives without compression; the same content always gives the same bytes. */
final class StoredZip {

  // The first day of the ZIP format itself would be stored with the time zone.
  private static final LocalDateTime ANY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private StoredZip() {}

  /**
   * Creates or replaces a file, atomically.
   *
   * @param entries content by name, in the order in which they are written; each is asked for its
   *     content twice
   */
  static void write(Path file, Map<String, FileContent> entries) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          for (Map.Entry<String, FileContent> entry : entries.entrySet()) {
            zip.putNextEntry(header(entry.getKey(), entry.getValue()));
            entry.getValue().writeTo(zip);
            zip.closeEntry();
          }
          zip.finish();
        });
  }

  private static ZipEntry header(String name, FileContent content) throws IOException {
    ContentMeter measure = new ContentMeter();
    content.writeTo(measure);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(ANY_TIME);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(measure.size);
    entry.setCrc(measure.checksum.getValue());
    return entry;
  }

  /** Finds out what has to stand in front of the content. */
  private static final class ContentMeter extends OutputStream {

    private final CRC32 checksum = new CRC32();
    private long size;

    @Override
    public void write(int b) {
      checksum.update(b);
      size++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      checksum.update(bytes, offset, length);
      size += length;
    }
  }
}
