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
 * A lock that one thread of one process has at a time. It ends with the process, however that ends;
 * the file stays.
 */
public final class LockFile implements AutoCloseable {

  // Beyond the file's content, which therefore stays readable where locks are mandatory.
  private static final long POSITION = Long.MAX_VALUE - 1;

  private static final int BETWEEN_TRIES = 20_000_000; // nanoseconds

  /**
   * The files that this process has locked, which must not be opened a second time: a process loses
   * its lock when it closes the file, whichever of its threads has opened it.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private LockFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock and notes in the file which process has it.
   *
   * @param file the lock's file, which is created where it is missing
   * @param what what is locked, for people
   * @param option the option that names another folder
   * @throws InUseException if somebody else has it
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
   * Waits for the lock, whose file is created where it is missing; a CancellationException if
   * {@code stop} ends that.
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
   * Whether somebody has the lock of a file, now; no if that cannot be found out. Asking changes
   * nothing and keeps nobody out.
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

  /** Takes the lock; nothing if somebody else has it. */
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

  /**
   * Tries again while only those are in the way who ask whether the lock is held: they share it.
   */
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

  /** One path for a file, whichever links lead to its folder. */
  private static Path real(Path file) throws IOException {
    return file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
  }

  /** Lets others in. */
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
