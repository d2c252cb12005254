package io.ddgan.internal.file;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * A lock that one thread of one process at a time has, and that ends with the process. The file
 * stays when nobody has the lock, empty. Who has the lock may remove the file: others who had
 * opened it before notice that it is not the one in its place, and try again.
 */
public final class LockFile implements AutoCloseable {

  // Beyond the file's content, which therefore stays readable where locks are mandatory.
  private static final long POSITION = Long.MAX_VALUE - 1;

  private static final int BETWEEN_LOOKS = 20;
  private static final int SECOND = 1000;

  /**
   * The files that this process has open. A lock belongs to the process, which loses it when it
   * closes the file, no matter which thread has opened that and where.
   */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private LockFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock and tells in the file which process has it.
   *
   * @param file the lock's file, which is created where it is missing
   * @param what what is locked, for people
   * @param option the option that names another folder
   * @throws InUseException if somebody else has it
   * @throws IOException if the file cannot be written
   */
  public static LockFile take(Path file, String what, String option) throws IOException {
    Optional<LockFile> lock = tryLock(file);
    if (lock.isEmpty() && sleep()) { // somebody may only have asked whether it is held
      lock = tryLock(file);
    }
    if (lock.isEmpty()) {
      throw new InUseException(
          "%s is in use by process %s; wait for it to end, or choose another folder with %s"
              .formatted(what, holder(file), option));
    }
    try {
      byte[] process = (thisProcess() + "\n").getBytes(StandardCharsets.UTF_8);
      lock.get().channel.truncate(0).write(ByteBuffer.wrap(process));
      return lock.get();
    } catch (IOException e) {
      lock.get().close();
      throw FileErrors.writing(file, e);
    }
  }

  private static String holder(Path file) throws IOException {
    return OPEN.contains(key(file))
        ? thisProcess()
        : Printable.of(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
  }

  private static String thisProcess() {
    return Long.toString(ProcessHandle.current().pid());
  }

  /**
   * Waits for the lock.
   *
   * @param file the lock's file, which is created where it is missing
   * @param stop asked while waiting; true ends that
   * @throws CancellationException if the waiting was ended
   * @throws IOException if the file cannot be written, or its folder is gone
   */
  public static LockFile await(Path file, BooleanSupplier stop) throws IOException {
    Optional<LockFile> lock = tryLock(file);
    for (int waited = 0; lock.isEmpty(); waited += BETWEEN_LOOKS) {
      if (waited == SECOND) {
        System.getLogger(LockFile.class.getName())
            .log(Level.INFO, "waiting for another process that has locked " + file);
      }
      if (stop.getAsBoolean() || !sleep()) {
        throw new CancellationException("the waiting for " + file + " was ended");
      }
      lock = tryLock(file);
    }
    return lock.get();
  }

  private static boolean sleep() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Whether somebody has the lock of a file, now; no if that cannot be found out. Who may read the
   * file may ask, and changes nothing by it.
   */
  public static boolean isHeld(Path file) {
    Path key = key(file);
    if (!OPEN.add(key)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.tryLock(POSITION, 1, true) == null;
    } catch (OverlappingFileLockException e) { // under another name, this process has it
      return true;
    } catch (IOException e) {
      return false;
    } finally {
      OPEN.remove(key);
    }
  }

  /**
   * Takes the lock; nothing if somebody else has it.
   *
   * @param file the lock's file, which is created where it is missing
   * @throws IOException if the file cannot be written
   */
  public static Optional<LockFile> tryLock(Path file) throws IOException {
    Path key = key(file);
    if (!OPEN.add(key)) {
      return Optional.empty();
    }
    boolean taken = false;
    try {
      Optional<Object> identity = identity(file);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        taken = channel.tryLock(POSITION, 1, false) != null && identity(file).equals(identity);
      } catch (OverlappingFileLockException e) { // under another name, this process has it
        taken = false;
      } finally {
        if (!taken) {
          channel.close();
        }
      }
      return taken ? Optional.of(new LockFile(key, channel)) : Optional.empty();
    } catch (IOException e) {
      throw FileErrors.writing(file, e);
    } finally {
      if (!taken) {
        OPEN.remove(key);
      }
    }
  }

  /**
   * Which file this is, made where it is missing; the same for all where the system does not say.
   * To open it, even for reading, would end this process's lock when it is closed.
   */
  private static Optional<Object> identity(Path file) throws IOException {
    if (!Files.exists(file)) {
      try {
        Files.createFile(file);
      } catch (FileAlreadyExistsException e) {
        // by somebody else, meanwhile
      }
    }
    return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
  }

  private static Path key(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /** Lets others in. */
  @Override
  public void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    try (channel) {
      channel.truncate(0);
    } catch (IOException e) {
      throw FileErrors.writing(file, e);
    } finally {
      OPEN.remove(file);
    }
  }

  /** Removes the file and lets others in. */
  public void remove() throws IOException {
    try {
      Files.deleteIfExists(file);
    } finally {
      close();
    }
  }
}
