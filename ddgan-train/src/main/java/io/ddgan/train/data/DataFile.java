package io.ddgan.train.data;

import io.ddgan.internal.file.FileContent;
import io.ddgan.internal.file.FileErrors;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.io.IOUtils;

/**
 * A file of data that is read at any place and by any thread, so that it need not fit into memory.
 * What is compressed is unpacked into a temporary file that goes with the process.
 */
final class DataFile implements AutoCloseable {

  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
  private static final int BUFFER = 1 << 16;
  private static final int MEGA = 1_000_000;

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
      requireFile(file);
      return new DataFile(file.toString(), FileChannel.open(file, StandardOpenOption.READ));
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  /**
   * Opens a compressed file, which is unpacked.
   *
   * @param first how many bytes say how long it is
   * @param length the length in bytes of content that begins so, perhaps as all there is
   */
  static DataFile unpack(Path file, int first, ToLongFunction<byte[]> length) throws IOException {
    InputStream in;
    try {
      in = Files.newInputStream(file);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
    try (in) {
      return unpack(in, file.toString(), first, length);
    }
  }

  /**
   * Unpacks a compressed stream, up to one byte more than it should have: a small file can hold
   * more than any disk.
   *
   * @param name stands for the stream in error messages
   * @param first how many bytes say how long it is
   * @param length the length in bytes of content that begins so, perhaps as all there is
   */
  static DataFile unpack(
      InputStream compressed, String name, int first, ToLongFunction<byte[]> length)
      throws IOException {
    try {
      InputStream in = new GZIPInputStream(compressed, BUFFER);
      byte[] beginning = in.readNBytes(first);
      long most = length.applyAsLong(beginning) + 1;
      requireRoom(most, name);
      return temporary(
          name,
          out -> {
            out.write(beginning);
            IOUtils.copyLarge(in, out, 0, Math.max(0, most - beginning.length));
          });
    } catch (IOException e) {
      throw damaged(name, e);
    }
  }

  /**
   * Copies content into a temporary file, up to one byte more than it should have.
   *
   * @param name stands for the content in error messages
   * @param length how many bytes it should have
   * @param check sees the bytes on their way
   */
  static DataFile copy(InputStream in, String name, long length, UnaryOperator<OutputStream> check)
      throws IOException {
    requireRoom(length, name);
    return temporary(name, out -> IOUtils.copyLarge(in, check.apply(out), 0, length + 1));
  }

  private static void requireRoom(long length, String name) throws IOException {
    long free = Files.getFileStore(TEMPORARY).getUsableSpace();
    if (length > free) {
      throw new FullException(
          "%s takes %,d MB when it is unpacked, but %s has only %,d MB left; free some, or name another folder with DDGAN_OPTS=-Djava.io.tmpdir=FOLDER"
              .formatted(name, length / MEGA, TEMPORARY, free / MEGA));
    }
  }

  /**
   * Writes a temporary file. It loses its name as it is made, where the system can do that, so that
   * nothing of it stays however the process ends.
   *
   * @param name stands for the content in error messages
   */
  static DataFile temporary(String name, FileContent content) throws IOException {
    FileChannel channel =
        FileChannel.open(
            TEMPORARY.resolve("ddgan-" + UUID.randomUUID() + ".data"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
      content.writeTo(out);
      out.flush();
      return new DataFile(name, channel);
    } catch (IOException e) {
      channel.close();
      throw FileErrors.isFull(e)
          ? new FullException(FileErrors.writing(TEMPORARY, e).getMessage())
          : e;
    } catch (RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  private static IOException damaged(String name, IOException e) {
    if (e instanceof FullException) {
      return e;
    }
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

  /** There is no room for what would be unpacked. */
  private static final class FullException extends IOException {

    FullException(String message) {
      super(message);
    }
  }
}
