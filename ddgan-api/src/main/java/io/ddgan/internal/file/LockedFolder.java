package io.ddgan.internal.file;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.apache.commons.io.function.IOFunction;

/**
 * A folder that one thread of one process at a time works in, as it has the lock that lies within.
 * Whoever has the lock may remove the folder: who waits for it then has one that is new and empty.
 */
public final class LockedFolder implements AutoCloseable {

  private static final String LOCK = "lock";
  private static final int ATTEMPTS = 100;

  private final Path folder;
  private final LockFile lock;

  private LockedFolder(Path folder, LockFile lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Locks a folder, which is made where it is missing.
   *
   * @param what what is locked, for people
   * @param option the option that names another folder
   * @throws InUseException if somebody else has it
   * @throws IOException if it cannot be written; the message names it
   */
  public static LockedFolder take(Path folder, String what, String option) throws IOException {
    return locked(folder, file -> LockFile.take(file, what, option));
  }

  /**
   * Waits for a folder, which is made where it is missing.
   *
   * @throws CancellationException if this thread is interrupted
   * @throws IOException if it cannot be written; the message names it
   */
  public static LockedFolder await(Path folder) throws IOException {
    return locked(folder, file -> LockFile.await(file, () -> false));
  }

  private static LockedFolder locked(Path folder, IOFunction<Path, LockFile> locking)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Folders.make(folder);
        return new LockedFolder(folder, locking.apply(folder.resolve(LOCK)));
      } catch (IOException e) {
        boolean isRemovedMeanwhile = // so that it is missing, or was there and is not a folder now
            reason(e) instanceof NoSuchFileException
                || reason(e) instanceof FileAlreadyExistsException;
        if (!isRemovedMeanwhile || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /**
   * Removes a folder with all that lies in it, unless somebody has it or there is none.
   *
   * @throws IOException if it cannot be removed; the message names it
   */
  public static void deleteUnlessLocked(Path folder) throws IOException {
    Optional<LockFile> lock = Files.exists(folder) ? tryLock(folder) : Optional.empty();
    if (lock.isPresent()) {
      new LockedFolder(folder, lock.get()).delete();
    }
  }

  /** Nothing if somebody has it, or has removed it meanwhile. */
  private static Optional<LockFile> tryLock(Path folder) throws IOException {
    try {
      return LockFile.tryLock(folder.resolve(LOCK));
    } catch (IOException e) {
      if (Files.exists(folder) && !(reason(e) instanceof NoSuchFileException)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static Throwable reason(IOException e) {
    return Objects.requireNonNullElse(e.getCause(), e);
  }

  /**
   * Removes the folder with all that lies in it, and lets others in.
   *
   * @throws IOException if it cannot be removed; the message names it
   */
  public void delete() throws IOException {
    try {
      try (this;
          Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(each -> !each.endsWith(LOCK)).toList()) {
          PathUtils.delete(file);
        }
        lock.remove();
      }
      deleteUnlessWanted();
    } catch (IOException e) {
      throw FileErrors.writing(folder, e);
    }
  }

  private void deleteUnlessWanted() throws IOException {
    try {
      Files.delete(folder);
    } catch (NoSuchFileException | DirectoryNotEmptyException e) {
      // somebody else has removed it, or wants it, since the lock was let go
    }
  }

  /** Lets others in. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
