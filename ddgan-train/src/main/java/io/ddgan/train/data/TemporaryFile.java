package io.ddgan.train.data;

import io.ddgan.internal.file.FileErrors;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Decompressed content in a temporary file, which need not fit into memory. On systems that allow
 * it, the file is unlinked at once, so it is removed however the process ends.
 *
 * @param name name in error messages
 */
record TemporaryFile(String name, FileChannel channel) implements AutoCloseable {

  private static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"));

  /** Copies content to a temporary file. */
  static TemporaryFile of(String name, InputStream content) throws IOException {
    FileChannel channel =
        FileChannel.open(
            FOLDER.resolve("ddgan-" + UUID.randomUUID() + ".data"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      content.transferTo(Channels.newOutputStream(channel));
      return new TemporaryFile(name, channel);
    } catch (IOException e) {
      channel.close();
      throw FileErrors.isFull(e)
          ? new IOException(
              "%s does not fit into %s when decompressed; free some space, or set DDGAN_OPTS=-Djava.io.tmpdir=FOLDER to another folder"
                  .formatted(name, FOLDER),
              e)
          : e;
    }
  }

  /** Reads bytes at any position, from any thread. */
  void read(long position, byte[] target) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException(name + " is truncated");
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
