package io.ddgan.train.data;

import io.ddgan.internal.file.FileErrors;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file of data that is read at any place and by any thread, so that it need not fit into memory.
 * What is compressed is unpacked into a temporary file that goes with the process.
 */
final class DataFile implements AutoCloseable {

  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final FileChannel channel;
  private final long size;

  private DataFile(String name, FileChannel channel) throws IOException {
    this.name = name;
    this.channel = channel;
    this.size = channel.size();
  }

  /** Opens a file. */
  static DataFile open(Path file) throws IOException {
    try {
      if (Files.isDirectory(file)) {
        throw new IOException("it is a folder");
      }
      return new DataFile(file.toString(), FileChannel.open(file, StandardOpenOption.READ));
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  /** Unpacks what gzip has compressed. */
  static DataFile unpack(InputStream compressed, String name) throws IOException {
    try {
      return temporary(name, new GZIPInputStream(compressed, BUFFER));
    } catch (EOFException e) {
      throw new IOException(name + " is truncated; fetch it again", e);
    } catch (ZipException e) {
      throw new IOException(
          name + " is not an intact gzip file (" + e.getMessage() + "); fetch it again", e);
    }
  }

  /**
   * Copies content into a temporary file. It loses its name as it is made, where the system can do
   * that, so that nothing of it stays however the process ends.
   */
  static DataFile temporary(String name, InputStream content) throws IOException {
    FileChannel channel =
        FileChannel.open(
            TEMPORARY.resolve("ddgan-" + UUID.randomUUID() + ".data"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      content.transferTo(Channels.newOutputStream(channel));
      return new DataFile(name, channel);
    } catch (IOException e) {
      channel.close();
      throw FileErrors.isFull(e)
          ? new IOException(
              "%s does not fit into %s as it is unpacked; free some room, or name another folder with DDGAN_OPTS=-Djava.io.tmpdir=FOLDER"
                  .formatted(name, TEMPORARY),
              e)
          : e;
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
