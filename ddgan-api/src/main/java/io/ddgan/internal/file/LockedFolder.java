package io.ddgan.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.commons.io.file.PathUtils;

/**
 * A folder that one thread of one process works in at a time. Its lock lies next to it, so that who
 * has the lock may remove the folder.
 */
public final class LockedFolder implements AutoCloseable {

  private final Path folder;
  private final LockFile lock;

  private LockedFolder(Path folder, LockFile lock) throws IOException {
    this.folder = folder;
    this.lock = lock;
    Folders.make(folder);
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
    return new LockedFolder(folder, LockFile.take(lock(folder), what, option));
  }

  /**
   * Waits for a folder, which is made where it is missing.
   *
   * @throws CancellationException if this thread is interrupted
   * @throws IOException if it cannot be written; the message names it
   */
  public static LockedFolder await(Path folder) throws IOException {
    return new LockedFolder(folder, LockFile.await(lock(folder), () -> false));
  }

  private static Path lock(Path folder) throws IOException {
    Folders.make(folder.toAbsolutePath().getParent());
    return folder.resolveSibling(folder.getFileName() + ".lock");
  }

  /**
   * Removes a folder with all that lies in it, unless somebody has it or there is none.
   *
   * @throws IOException if it cannot be removed; the message names it
   */
  public static void deleteUnlessLocked(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      Optional<LockFile> lock = LockFile.tryLock(lock(folder));
      if (lock.isPresent()) {
        try (LockedFolder own = new LockedFolder(folder, lock.get())) {
          own.delete();
        }
      }
    }
  }

  /**
   * Removes the folder with all that lies in it.
   *
   * @throws IOException if it cannot be removed; the message names it
   */
  public void delete() throws IOException {
    try {
      PathUtils.delete(folder);
    } catch (IOException e) {
      throw FileErrors.writing(folder, e);
    }
  }

  /** Lets others in. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
