package io.ddgan.eval.classifier;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Lets one process at a time do what the others then need not do. It ends with the process. Where
 * files cannot be written everyone has the turn.
 *
 * @param file stands for the turn while someone has it
 * @param channel holds the lock, where files can be written
 */
record ProcessLock(Path file, Optional<FileChannel> channel) implements AutoCloseable {

  private static final long BETWEEN_LOOKS = 200;

  /**
   * Waits for the turn.
   *
   * @param file stands for the turn while someone has it
   * @param stop asked while waiting; true ends that
   * @throws CancellationException if the waiting was ended
   */
  static ProcessLock await(Path file, BooleanSupplier stop) throws IOException {
    FileChannel channel;
    try {
      Files.createDirectories(file.getParent());
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      return new ProcessLock(file, Optional.empty());
    }
    try {
      while (lock(channel).isEmpty()) {
        if (stop.getAsBoolean()) {
          throw new CancellationException("the waiting for a classifier was ended");
        }
        Thread.sleep(BETWEEN_LOOKS);
      }
      return new ProcessLock(file, Optional.of(channel));
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new CancellationException("the waiting for a classifier was ended");
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Optional<FileLock> lock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) { // another thread of this process has it
      return Optional.empty();
    }
  }

  /** Gives the turn to the next one, who looks first whether there is anything left to do. */
  @Override
  public void close() throws IOException {
    if (channel.isPresent()) {
      try {
        Files.deleteIfExists(file);
      } finally {
        channel.get().close();
      }
    }
  }
}
