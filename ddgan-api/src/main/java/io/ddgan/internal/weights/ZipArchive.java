package io.ddgan.internal.weights;

import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.FileContent;
import io.ddgan.internal.file.TerminalEscape;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Reads ZIP archives of arrays, and writes uncompressed ones. */
final class ZipArchive {

  private static final byte[] SIGNATURE = {'P', 'K'};

  // ZIP's first day, 1980-01-01, would be stored with the time zone.
  private static final LocalDateTime ANY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final ZipFile zip;

  private ZipArchive(ZipFile zip) {
    this.zip = zip;
  }

  /** Reads from an opened archive. */
  @FunctionalInterface
  interface ArchiveReader<T> {

    T read(ZipArchive archive) throws IOException;
  }

  /** Reads an entry of the archive to its end. */
  @FunctionalInterface
  interface EntryReader<T> {

    /** Reads the entry; {@code size} is the archive's statement. */
    T read(InputStream in, long size) throws IOException;
  }

  /** Reads a file. */
  static <T> T read(Path file, ArchiveReader<T> reader) throws IOException {
    try (ZipFile zip = open(file)) {
      return reader.read(new ZipArchive(zip));
    } catch (IOException e) {
      throw UnreadableException.explain(file, e);
    }
  }

  private static ZipFile open(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      try (InputStream in = Files.newInputStream(file)) {
        boolean begun = Arrays.equals(in.readNBytes(SIGNATURE.length), SIGNATURE);
        throw new UnreadableException(
            begun
                ? "is damaged: it is truncated or overwritten"
                : "is not a ZIP archive, as torch.save (since PyTorch 1.6) and numpy.savez write",
            e);
      }
    }
  }

  /** Returns the names of all entries. */
  List<String> names() {
    return zip.stream().map(ZipEntry::getName).toList();
  }

  boolean has(String name) {
    return zip.getEntry(name) != null;
  }

  /** Reads an entry and verifies its checksum. */
  <T> T entry(String name, EntryReader<T> reader) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    String shown = TerminalEscape.of(name);
    if (entry == null) {
      throw UnreadableException.damaged("its entry %s is missing".formatted(shown));
    }
    try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      T result = reader.read(in, entry.getSize());
      if (in.read() >= 0) {
        throw UnreadableException.damaged(
            "its entry %s is longer than its declared size".formatted(shown));
      }
      // PyTorch can omit checksums; they are 0 then.
      if (entry.getCrc() != 0 && entry.getCrc() != in.getChecksum().getValue()) {
        throw UnreadableException.damaged(
            "its entry %s does not match its checksum".formatted(shown));
      }
      return result;
    } catch (ZipException | EOFException e) {
      throw new UnreadableException(
          "is damaged: its entry %s cannot be unpacked: %s".formatted(shown, e.getMessage()), e);
    }
  }

  /** Returns the content of a small entry with a maximum size in bytes. */
  byte[] bytes(String name, int limit) throws IOException {
    return entry(
        name,
        (in, bytes) -> {
          if (bytes > limit) {
            throw new UnreadableException(
                "cannot be read: its entry %s has %,d bytes, more than the limit of %,d"
                    .formatted(TerminalEscape.of(name), bytes, limit));
          }
          byte[] content = in.readNBytes(limit);
          if (content.length != bytes) {
            throw UnreadableException.damaged(
                "its entry %s does not have the recorded size".formatted(TerminalEscape.of(name)));
          }
          return content;
        });
  }

  /**
   * Creates or replaces a file atomically, from content by name, in order. Each content is written
   * twice, the first time to measure it. Equal content gives equal bytes.
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

  /** Computes the size and checksum that precede the content. */
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
