package io.ddgan.train.data;

import io.ddgan.file.FileErrors;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file of data that is read at any place and by any thread, so that it need not fit into memory.
 * What is compressed is unpacked into a temporary file that goes with the process.
 */
final class DataFile implements AutoCloseable {

  private static final String GZIP = ".gz";
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final FileChannel channel;
  private final long size;

  private DataFile(String name, FileChannel channel) throws IOException {
    this.name = name;
    this.channel = channel;
    this.size = channel.size();
  }

  /** Opens a file, which is unpacked if its name ends with {@code .gz}. */
  static DataFile open(Path file) throws IOException {
    if (!file.toString().endsWith(GZIP)) {
      try {
        requireFile(file);
        return new DataFile(file.toString(), FileChannel.open(file, StandardOpenOption.READ));
      } catch (IOException e) {
        throw FileErrors.reading(file, e);
      }
    }
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

  /**
   * Unpacks a compressed stream.
   *
   * @param name stands for the stream in error messages
   */
  static DataFile unpack(InputStream compressed, String name) throws IOException {
    try {
      return temporary(name, out -> new GZIPInputStream(compressed, BUFFER).transferTo(out));
    } catch (IOException e) {
      throw damaged(name, e);
    }
  }

  /** Writes the content. */
  @FunctionalInterface
  interface Body {

    /** Writes everything. */
    void write(OutputStream out) throws IOException;
  }

  /**
   * Writes a temporary file.
   *
   * @param name stands for the content in error messages
   */
  static DataFile temporary(String name, Body content) throws IOException {
    Path file = Files.createTempFile("ddgan-", ".data");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
        content.write(out);
      }
      return new DataFile(
          name,
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE));
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static IOException damaged(String name, IOException e) {
    if (e instanceof EOFException) {
      return new IOException(name + " is truncated; fetch it again", e);
    }
    if (e instanceof ZipException) {
      return new IOException(
          name + " is not an intact gzip file (" + e.getMessage() + "); fetch it again", e);
    }
    return new IOException("cannot read " + name + ": " + e.getMessage(), e);
  }

  private static void requireFile(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("it is a folder");
    }
  }

  /** What error messages call it. */
  String name() {
    return name;
  }

  /** Its length in bytes, after unpacking. */
  long size() {
    return size;
  }

  /**
   * Reads bytes.
   *
   * @throws IOException if the file has no more so many bytes, or cannot be read
   */
  void read(long position, byte[] target) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target);
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, position + buffer.position());
      if (count < 0) {
        throw new IOException(name + " is truncated; fetch it again");
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
