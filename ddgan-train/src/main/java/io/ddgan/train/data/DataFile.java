package io.ddgan.train.data;

import io.ddgan.internal.file.FileErrors;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Bytes of a data set with random access from any thread. A plain file is memory-mapped and need
 * not fit into memory; a compressed one is decompressed into memory.
 *
 * @param name name in error messages
 */
record DataFile(String name, ByteBuffer bytes) {

  /** Extension of compressed files. */
  static final String GZIP = ".gz";

  /** Opens a file. */
  static DataFile open(Path file) throws IOException {
    if (file.toString().endsWith(GZIP)) {
      InputStream in;
      try {
        in = Files.newInputStream(file);
      } catch (IOException e) {
        throw FileErrors.reading(file, e);
      }
      try (in) {
        return unpack(in, file.toString());
      }
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return new DataFile(
          file.toString(), channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  /** Decompresses a gzip stream. */
  static DataFile unpack(InputStream compressed, String name) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(compressed)) {
      return new DataFile(name, ByteBuffer.wrap(in.readAllBytes()));
    } catch (EOFException e) {
      throw new IOException(name + " is truncated; fetch it again", e);
    } catch (ZipException e) {
      throw new IOException(
          name + " is not an intact gzip file (" + e.getMessage() + "); fetch it again", e);
    }
  }

  /** Returns the length in bytes after decompression. */
  int size() {
    return bytes.capacity();
  }

  /**
   * Reads bytes.
   *
   * @throws IOException if the file is too short
   */
  byte[] read(int position, int length) throws IOException {
    if (position > size() - length) {
      throw new IOException(name + " is truncated; fetch it again");
    }
    byte[] read = new byte[length];
    bytes.get(position, read);
    return read;
  }
}
