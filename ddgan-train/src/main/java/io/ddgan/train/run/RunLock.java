package io.ddgan.train.run;

import io.ddgan.file.FileErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Keeps other processes out of a folder; ends with the process that holds it. */
public final class RunLock implements AutoCloseable {

  // Beyond the file's content, which therefore stays readable where locks are mandatory.
  private static final long POSITION = Long.MAX_VALUE - 1;

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param file the lock's file, which is created where it is missing
   * @param what what is locked, for people
   * @param option the option that names another folder
   * @throws IOException if another process has it, or the file cannot be written
   */
  public static RunLock take(Path file, String what, String option) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw FileErrors.writing(file, e);
    }
    try {
      if (lock(channel).isEmpty()) {
        throw new IOException(
            "%s is in use by process %s; wait for it to end, or choose another folder with %s"
                .formatted(what, Files.readString(file).strip(), option));
      }
      String pid = ProcessHandle.current().pid() + "\n";
      channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
      return new RunLock(file, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Whether another process has the lock of a file, now; no if that cannot be found out. */
  static boolean isHeld(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return lock(channel).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<FileLock> lock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock(POSITION, 1, false));
    } catch (OverlappingFileLockException e) { // this process has it
      return Optional.empty();
    }
  }

  /** Lets other processes in. The file stays, empty: removing it could let two in at once. */
  @Override
  public void close() throws IOException {
    try (channel) {
      channel.truncate(0);
    } catch (IOException e) {
      throw FileErrors.writing(file, e);
    }
  }
}
