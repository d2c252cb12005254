package io.ddgan.internal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A lock that one thread of one process holds at a time. It is released when the process ends in
 * any way; the file stays.
 */
public final class LockFile implements AutoCloseable {

  // Beyond the content, which stays readable on systems with mandatory locks.
  private static final long POSITION = Long.MAX_VALUE - 1;

  private static final int BETWEEN_TRIES = 20_000_000; // nanoseconds

  /**
   * The files that this process has locked. They must not be opened again: closing a file in any
   * thread releases all locks of the process on it.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private LockFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock and writes the process id into the file.
   *
   * @param file the lock's file, created if it is missing
   * @param what description of what is locked, for the error
   * @param option the option that sets the folder, for the error
   * @throws InUseException if another thread or process holds it
   */
  public static LockFile take(Path file, String what, String option) throws IOException {
    Optional<LockFile> lock = tryLock(file);
    if (lock.isEmpty()) {
      throw new InUseException(
          "%s is in use by process %s; wait for it to end, or choose another folder with %s"
              .formatted(what, holder(file), option));
    }
    try {
      FileChannel channel = lock.get().channel;
      channel.truncate(channel.write(StandardCharsets.UTF_8.encode(thisProcess() + "\n"), 0));
      return lock.get();
    } catch (IOException e) {
      lock.get().close();
      throw FileErrors.writing(file, e);
    }
  }

  private static String holder(Path file) throws IOException {
    synchronized (HELD) {
      return HELD.contains(real(file))
          ? thisProcess()
          : TerminalEscape.of(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
    }
  }

  private static String thisProcess() {
    return Long.toString(ProcessHandle.current().pid());
  }

  /**
   * Waits for the lock and creates its file if it is missing. Throws a CancellationException once
   * {@code stop} returns true.
   */
  public static LockFile await(Path file, BooleanSupplier stop) throws IOException {
    Optional<LockFile> lock = tryLock(file);
    while (lock.isEmpty()) {
      LockSupport.parkNanos(BETWEEN_TRIES);
      if (stop.getAsBoolean() || Thread.currentThread().isInterrupted()) {
        throw new CancellationException("stopped waiting for " + file);
      }
      lock = tryLock(file);
    }
    return lock.get();
  }

  /**
   * Returns whether a file's lock is held now; false if that is unknown. Does not change the file
   * or block others.
   */
  public static boolean isHeld(Path file) {
    synchronized (HELD) {
      try {
        if (HELD.contains(real(file))) {
          return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          return channel.tryLock(POSITION, 1, true) == null;
        }
      } catch (IOException e) {
        return false;
      }
    }
  }

  /** Takes the lock; empty if another thread or process holds it. */
  private static Optional<LockFile> tryLock(Path file) throws IOException {
    synchronized (HELD) {
      try {
        Path real = real(file);
        return HELD.contains(real) ? Optional.empty() : tryLockReal(real);
      } catch (IOException e) {
        throw FileErrors.writing(file, e);
      }
    }
  }

  private static Optional<LockFile> tryLockReal(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean isTaken = false;
    try {
      isTaken = lock(channel);
    } finally {
      if (!isTaken) {
        channel.close();
      }
    }
    return isTaken && HELD.add(file) ? Optional.of(new LockFile(file, channel)) : Optional.empty();
  }

  /** Tries again while the lock is only shared: {@link #isHeld} shares it for a moment. */
  private static boolean lock(FileChannel channel) throws IOException {
    while (channel.tryLock(POSITION, 1, false) == null) {
      FileLock shared = channel.tryLock(POSITION, 1, true);
      if (shared == null) {
        return false;
      }
      shared.release();
    }
    return true;
  }

  /** Returns the file's path with symbolic links to its folder resolved. */
  private static Path real(Path file) throws IOException {
    return file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
  }

  /** Releases the lock. */
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      if (channel.isOpen()) {
        HELD.remove(file);
        channel.close();
      }
    }
  }
}
