package io.ddgan.eval.classifier;

import io.ddgan.file.FileErrors;
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

/** Lets one process at a time do what the others then need not do. It ends with the process. */
final class Turn implements AutoCloseable {

  private static final long BETWEEN_LOOKS = 200;

  private final FileChannel channel;

  private Turn(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the turn.
   *
   * @param file a file that stands for it, created where it is missing
   * @param stop asked while waiting; true ends that
   * @throws CancellationException if the waiting was ended
   */
  static Turn await(Path file, BooleanSupplier stop) throws IOException {
    FileChannel channel;
    try {
      Files.createDirectories(file.getParent());
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw FileErrors.writing(file, e);
    }
    try {
      while (taken(channel).isEmpty()) {
        if (stop.getAsBoolean()) {
          throw new CancellationException("the waiting for a classifier was ended");
        }
        Thread.sleep(BETWEEN_LOOKS);
      }
      return new Turn(channel);
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new CancellationException("the waiting for a classifier was ended");
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Optional<FileLock> taken(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) { // another thread of this process has it
      return Optional.empty();
    }
  }

  /** Gives the turn to the next one. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
